import type { Job, TimelineEntry } from '#shared/job.ts';
import { Button } from '../../ui/button.tsx';
import { copyIcon, retryIcon } from '../../ui/icons.ts';
import { formatSpan } from '../../ui/spans.ts';
import { failureWords, type Limits } from '../failure-words.ts';
import { failureAdvice } from './failure-advice.ts';

interface JobFailureProps {
  job: Job;
  timeline: readonly TimelineEntry[];
  limits: Limits;
  blocked: boolean;
  onAgain: () => void;
  onCopyNote: () => void;
  /** Null where nobody would hear of it. */
  onTell: (() => void) | null;
}

/** Why a job failed, what that means, and what to do. */
export function JobFailure({ job, timeline, limits, blocked, onAgain, onCopyNote, onTell }: JobFailureProps) {
  const { sentence, worthRetrying } = failureWords(job.errorCode, limits);
  const advice = failureAdvice(job.errorCode);
  return (
    <section className="drawer-state drawer-failure">
      <h3>{sentence}</h3>
      <p>
        {triedWords(job, timeline)} Nothing was kept. {advice}
        {worthRetrying && !advice.includes('support note') && ' If it fails again, send your administrator the support note.'}
      </p>
      <div className="drawer-actions">
        {worthRetrying && (
          <Button look="ink" icon={retryIcon} disabled={blocked} onClick={onAgain}>
            Try again
          </Button>
        )}
        <Button look="line" icon={copyIcon} onClick={onCopyNote}>
          Copy support note
        </Button>
        {onTell && (
          <Button look="line" onClick={onTell}>
            Tell us what happened
          </Button>
        )}
      </div>
    </section>
  );
}

function triedWords({ attempts, timestamps }: Job, timeline: readonly TimelineEntry[]): string {
  if (attempts === 0) return 'It was never begun.';
  const began = timeline.find(({ event }) => event === 'attempt began')?.at;
  const { settledAt } = timestamps;
  if (attempts === 1) return 'We tried once and stopped.';
  const within = began && settledAt !== null ? ` in ${formatSpan(Date.parse(settledAt) - Date.parse(began))}` : '';
  return `We tried ${attempts} times${within} and stopped.`;
}
