import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.ts';
import { PollFailure } from '../api/poll-failure.ts';
import { capabilitiesQuery } from '../downloads/capabilities-query.ts';
import type { Downloads } from '../downloads/downloads-context.tsx';
import { KeptDownloads } from '../downloads/kept-downloads.ts';
import type { LateParts, LatePorts } from '../downloads/late-parts.ts';
import { TabTalk } from '../downloads/tab-talk.ts';
import { browserStorage, browserUser } from '../downloads/user-id.ts';
import { Leadership } from '../tabs/leadership.ts';
import { telemetryComes } from '../telemetry/telemetry.ts';
import { Announcer } from '../ui/announcer.ts';
import { whenPartMissing } from '../ui/late-part.ts';
import { Toasts } from '../ui/toasts.ts';

export interface Parts extends Downloads {
  client: QueryClient;
  leadership: Leadership;
  talk: TabTalk;
  /** Whether the part of the page that acts has been called for. */
  isActing: () => boolean;
}

/** Makes what the page stands on, once. */
export function createParts(): Parts {
  const onError = (error: unknown) => {
    if (isSlowedDown(error)) late.act((actions) => actions.tellSlowedDown(error));
  };
  const client = new QueryClient({ queryCache: new QueryCache({ onError }) });
  telemetryComes(async () => {
    const { startTelemetry } = await import('../telemetry/start-telemetry.ts');
    return startTelemetry((await client.ensureQueryData(capabilitiesQuery())).page);
  });
  const storage = browserStorage();
  const toasts = new Toasts();
  const leadership = new Leadership();
  let remembers = true;
  const kept = new KeptDownloads(storage, () => {
    if (!remembers) return;
    remembers = false;
    // The other tabs cannot know of what is kept here alone.
    leadership.goAlone();
    late.act((actions) => actions.tellForgetful());
  });
  const announcer = new Announcer();
  toasts.subscribe(() => sayToast(toasts, announcer));
  whenPartMissing(() => sayPartMissing(toasts));
  const talk = new TabTalk({ kept, client, leads: leadership.leads });
  const ports = { kept, client, toasts, announcer, tellTabs: talk.tell, leads: leadership.leads, storage, ...browserUser(storage) };
  const late = actOnce(ports);
  return { ...ports, leadership, talk, ...late };
}

/** Fetches the part of the page that acts when it is first needed, and again if that failed. */
function actOnce(ports: LatePorts): Pick<Parts, 'act' | 'isActing'> {
  let late: Promise<LateParts> | null = null;
  const act: Parts['act'] = (use) => {
    late ??= import('../downloads/late-parts.ts').then(({ startLateParts }) => startLateParts(ports));
    late.then(use, () => {
      late = null;
      sayPartMissing(ports.toasts);
    });
  };
  return { act, isActing: () => late !== null };
}

function sayPartMissing(toasts: Toasts): void {
  const reload = { label: 'Reload', run: () => window.location.reload() };
  toasts.show({ text: 'A part of this page could not be loaded.', action: reload });
}

function sayToast(toasts: Toasts, announcer: Announcer): void {
  const toast = toasts.current();
  if (toast && !toast.quiet) announcer.say(toast.text, 'toast');
}

function isSlowedDown(error: unknown): error is PollFailure {
  return error instanceof PollFailure && error.cause instanceof ApiError && error.cause.status === 429;
}
