import type { Job } from '#shared/job.ts';
import { toServerTime } from '../api/server-clock.ts';
import type { Announcer } from '../ui/announcer.ts';
import { quarterAnnouncement, silenceAnnouncement, stateAnnouncement, summaryAnnouncement } from './announcements.ts';
import type { Limits } from './failure-words.ts';
import type { JobNews } from './kept-downloads.ts';
import { silentAfterMs } from './row-state.ts';

const mostQuarterJobs = 3;
const summaryEveryMs = 30_000;

interface TellerPorts {
  announcer: Pick<Announcer, 'say'>;
  limits: () => Limits;
  /** How many downloads are on the way, and how many wait to be taken. */
  counts: () => { active: number; ready: number };
  now: () => number;
}

/** Says aloud what becomes of downloads: each thing once, and of much only the sum. */
export function createTeller({ announcer, limits, counts, now }: TellerPorts) {
  const askedHere = new Set<string>();
  const quartersSaid = new Set<string>();
  const silencesSaid = new Set<string>();
  let summaryAt = -Infinity;

  function tellQuarter(news: JobNews): void {
    const { jobId, attempts } = news.after;
    const quarter = quarterOf(news.after);
    const mark = `${jobId} ${attempts} ${quarter}`;
    if (quarter === 0 || !askedHere.has(jobId) || quartersSaid.has(mark)) return;
    quartersSaid.add(mark);
    const { active, ready } = counts();
    if (active <= mostQuarterJobs) announcer.say(quarterAnnouncement(news, quarter * 25), jobId);
    else if (now() - summaryAt >= summaryEveryMs) {
      summaryAt = now();
      announcer.say(summaryAnnouncement({ active, ready }), 'summary');
    }
  }

  function tellSilence(news: JobNews, silentMs: number): void {
    const { jobId, worker } = news.after;
    const mark = `${jobId} ${worker?.lastHeardAt}`;
    if (silencesSaid.has(mark)) return;
    silencesSaid.add(mark);
    announcer.say(silenceAnnouncement(news, silentMs), jobId);
  }

  return (news: JobNews): void => {
    const { before, after } = news;
    if (before === null) askedHere.add(after.jobId);
    const words = stateAnnouncement(news, limits());
    const silentMs = silenceOf(news);
    if (words !== null) announcer.say(words, after.jobId);
    else if (silentMs > 0) tellSilence(news, silentMs);
    else tellQuarter(news);
  };
}

/** How many quarters of its way a job has behind it while it is prepared. */
const quarterOf = ({ settled, progress }: Job) => (settled || progress.indeterminate ? 0 : Math.floor(progress.percent / 25));

/** For how long the worker of a job had not been heard when the server told of it; 0 where that is nothing unusual. */
function silenceOf({ after, tracked }: JobNews): number {
  if (after.settled || !after.worker) return 0;
  const silentMs = toServerTime(Date.parse(tracked.lastPolled)) - Date.parse(after.worker.lastHeardAt);
  return silentMs >= silentAfterMs ? silentMs : 0;
}
