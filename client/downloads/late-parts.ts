import type { QueryClient } from '@tanstack/react-query';
import type { Announcer } from '../ui/announcer.ts';
import { announcementOf } from './announcements.ts';
import { capabilitiesQuery } from './capabilities-query.ts';
import { createActions, type ActionPorts, type DownloadActions } from './download-actions.ts';
import { limitsOf } from './limits.ts';

/** What the page can do without at its first paint: everything that acts and speaks. */
export function startLateParts(ports: ActionPorts & { announcer: Announcer }): DownloadActions {
  const { kept, client, announcer } = ports;
  kept.onNews((news) => {
    const text = announcementOf(news, knownLimits(client));
    if (text !== null) announcer.say(text, news.after.jobId);
  });
  const actions = createActions(ports);
  actions.resume();
  return actions;
}

const knownLimits = (client: QueryClient) => limitsOf(client.getQueryData(capabilitiesQuery().queryKey));
