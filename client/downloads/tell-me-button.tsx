import './tell-me-button.css';
import { Button } from '../ui/button.tsx';
import { useDownloads } from './downloads-context.tsx';
import { mayTell } from './may-tell.ts';
import type { Row } from './rows.ts';

/** For a download that takes so long that one may want to turn away. */
export default function TellMeButton({ row: { job, tracked, name } }: { row: Row }) {
  const { act } = useDownloads();
  if (!job || tracked?.tellMe !== false || !mayTell()) return null;
  return (
    <span className="row-tell">
      <Button look="quiet" aria-label={`Tell me when it is ready: ${name}`} onClick={() => act((actions) => actions.tellMe([job.jobId]))}>
        Tell me when it is ready
      </Button>
    </span>
  );
}
