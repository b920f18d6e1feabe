import './system-status.css';
import { useQuery } from '@tanstack/react-query';
import type { HealthCheck } from '#shared/service-api.ts';
import { PollFailure } from '../api/poll-failure.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Popover } from '../ui/popover.tsx';
import { useNow } from '../ui/use-now.ts';
import { healthQuery } from './health-query.ts';
import { healthLines, systemState, systemWords, type SystemState } from './health-words.ts';

const glyphs = {
  normal: 'good',
  slow: 'slow',
  broken: 'broken',
  unreachable: 'unreachable',
  unknown: 'slow',
} satisfies Record<SystemState, IconName>;

const lineGlyphs = { ok: 'good', degraded: 'slow', error: 'broken' } satisfies Record<HealthCheck, IconName>;

/** How the whole service does, in four words; the rest on request. */
export function SystemStatus({ reachable }: { reachable: boolean }) {
  const { data, error, dataUpdatedAt } = useQuery(healthQuery());
  const silent = error instanceof PollFailure && error.failures >= 2;
  const state = systemState(data, reachable && !silent);
  return (
    <Popover
      className="system-popover"
      trigger={(attributes) => (
        <button type="button" className="system-status" data-state={state} {...attributes}>
          <Icon name={glyphs[state]} />
          <span className="wide-only">{systemWords[state]}</span>
          <span className="unseen narrow-only">{systemWords[state]}</span>
        </button>
      )}
    >
      {() => (
        <>
          <h2>{systemWords[state]}</h2>
          {data && (
            <ul>
              {healthLines(data).map((line) => (
                <li key={line.name} data-state={line.state}>
                  <Icon name={lineGlyphs[line.state]} />
                  {line.name}
                  <span>{line.words}</span>
                </li>
              ))}
            </ul>
          )}
          <p>{data ? <CheckedAgo at={dataUpdatedAt} /> : 'Not checked yet'}</p>
        </>
      )}
    </Popover>
  );
}

function CheckedAgo({ at }: { at: number }) {
  const seconds = Math.max(0, Math.round((useNow() - at) / 1000));
  return `Checked ${seconds < 1 ? 'just now' : `${seconds} s ago`}`;
}
