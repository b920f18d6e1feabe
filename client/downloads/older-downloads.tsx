import './older-downloads.css';
import { Button } from '../ui/button.tsx';
import { SkeletonRows } from './skeleton-rows.tsx';
import { useHistory } from './use-history.ts';

interface OlderDownloadsProps {
  /** How many are listed already. */
  listed: number;
  /** Nothing that needs the network can be done now. */
  blocked: boolean;
}

/** The end of the list, and what lies beyond it. */
export default function OlderDownloads({ listed, blocked }: OlderDownloadsProps) {
  const { missing, state, showOlder } = useHistory();
  if (state === 'loading') return <SkeletonRows count={3} />;
  if (missing === 0) return null;
  const failed = state === 'failed';
  return (
    <p className="older">
      {failed ? 'Could not load older downloads.' : `${listed} of ${listed + missing}`}
      <Button look="quiet" onClick={showOlder} disabled={blocked}>
        {failed ? 'Try again' : 'Show older'}
      </Button>
    </p>
  );
}
