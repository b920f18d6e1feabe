import './system-status.css';
import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { latePart } from '../ui/late-part.ts';
import { PollFailure } from '../api/poll-failure.ts';
import { Icon } from '../ui/icon.tsx';
import { usePopover } from '../ui/use-popover.ts';
import { healthQuery } from './health-query.ts';
import { systemState, systemWords, type Reach } from './system-state.ts';

const SystemDetails = latePart(() => import('./system-details.tsx'));

/** How the whole service does, in four words; the rest on request. */
export function SystemStatus({ reach }: { reach: Reach }) {
  const { data, error, dataUpdatedAt } = useQuery(healthQuery());
  const { button, layer } = usePopover();
  const silent = error instanceof PollFailure && error.failures >= 2;
  const state = systemState(data, silent && reach === 'ok' ? 'offline' : reach);
  const words = systemWords[state];
  return (
    <>
      <button type="button" className="system-status" data-state={state} aria-label={words} {...button}>
        <Icon key={state} shape={`icon-system-${state}`} />
        <span key={words} className="wide-only">{words}</span>
      </button>
      {layer && (
        <Suspense>
          <SystemDetails layer={layer} title={words} answer={data} checkedAt={dataUpdatedAt} />
        </Suspense>
      )}
    </>
  );
}
