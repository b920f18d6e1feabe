import type { QueryClient } from '@tanstack/react-query';
import type { Announcer } from '../ui/announcer.ts';
import { announcementOf } from './announcements.ts';
import { capabilitiesQuery } from './capabilities-query.ts';
import { createActions, type ActionPorts, type DownloadActions } from './download-actions.ts';
import type { JobNews } from './kept-downloads.ts';
import { limitsOf } from './limits.ts';

export interface LatePorts extends ActionPorts {
  announcer: Announcer;
}

export interface LateParts extends DownloadActions {
  /** Says aloud what became of a job. */
  tell: (news: JobNews) => void;
}

/** What the page can do without until somebody or something acts: everything that acts and speaks. */
export function startLateParts(ports: LatePorts): LateParts {
  const { client, announcer } = ports;
  const actions = createActions(ports);
  const tell = (news: JobNews) => {
    const text = announcementOf(news, knownLimits(client));
    if (text !== null) announcer.say(text, news.after.jobId);
  };
  return { ...actions, tell };
}

const knownLimits = (client: QueryClient) => limitsOf(client.getQueryData(capabilitiesQuery().queryKey));
