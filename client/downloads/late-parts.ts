import type { QueryClient } from '@tanstack/react-query';
import type { PollFailure } from '../api/poll-failure.ts';
import { isHidden } from '../ui/is-hidden.ts';
import type { Announcer } from '../ui/announcer.ts';
import { capabilitiesQuery } from './capabilities-query.ts';
import { createActions, type ActionPorts, type DownloadActions } from './download-actions.ts';
import { countRows } from './headline-words.ts';
import type { JobNews } from './kept-downloads.ts';
import { limitsOf } from './limits.ts';
import { createNotifier } from './notifier.ts';
import { isAllowed, showNotification } from './notify.ts';
import { rowsOf } from './rows.ts';
import { createTeller } from './teller.ts';

export interface LatePorts extends ActionPorts {
  announcer: Announcer;
  /** Whether this is the tab that speaks for the browser. */
  leads: () => boolean;
}

export interface LateParts extends DownloadActions {
  /** Tells what became of a job: aloud, and to whoever has turned away. */
  tell: (news: JobNews) => void;
  tellSlowedDown: (failure: PollFailure) => void;
  tellForgetful: () => void;
}

/** What the page can do without until somebody or something acts: everything that acts and speaks. */
export function startLateParts(ports: LatePorts): LateParts {
  const { client, kept, toasts, announcer, leads } = ports;
  const now = () => Date.now();
  const limits = () => knownLimits(client);
  const counts = () => countRows(rowsOf(kept.snapshot(), { now: now(), stale: false, limits: limits() }));
  const tellAloud = createTeller({ announcer, limits, counts, now });
  const notify = createNotifier({ mayNotify: () => isHidden() && leads() && isAllowed(), show: showNotification, now });
  const tell = (news: JobNews) => {
    tellAloud(news);
    notify(news);
  };
  const tellSlowedDown = ({ retryInMs }: PollFailure) =>
    toasts.show({ text: `Slowing down for ${Math.ceil(retryInMs / 1000)} s. Your downloads are not affected.` });
  const tellForgetful = () =>
    toasts.show({ text: 'This browser cannot remember your downloads. Keep this page open until you have them.' });
  return { ...createActions(ports), tell, tellSlowedDown, tellForgetful };
}

const knownLimits = (client: QueryClient) => limitsOf(client.getQueryData(capabilitiesQuery().queryKey));
