import { describe, expect, it } from 'vitest';
import { faultCodes, isPassing } from '#shared/fault-code.ts';
import { jobStatuses, type JobStatus } from '#shared/job-status.ts';
import { aJob } from '../testing/a-job.ts';
import { aPolicy } from '../testing/a-policy.ts';
import { advanceJob } from './advance-job.ts';
import { AttemptFault } from './faults.ts';
import type { JobEvent } from './job-event.ts';
import type { Artifact, JobRecord } from './job-record.ts';
import { nothingKnown } from './known-files.ts';

const policy = aPolicy();
const now = 1_800_000_000_000;
const artifact: Artifact = { id: 'dl_1', fence: 7, fileName: 'a.txt', size: 10, contentType: 'text/plain', sha256: 'f'.repeat(64) };
const passing = new AttemptFault('source-unavailable', 'The storage behind this file did not answer.');
const lasting = new AttemptFault('source-forbidden', 'You are not allowed to read this file.');

const claim = { worker: 'w1', heardAt: now - 1000, leaseExpiresAt: now + 29_000, object: { id: 'dl_1', fence: 7 } };
const worked = { fence: 7, attempts: 1, claim, startedAt: now - 10_000, inLineSince: null, deadlineAt: now + 60_000 };
const settled = { fence: 7, attempts: 1, claim: null, inLineSince: null, settledAt: now - 5000, expiresAt: now - 1 };

const inStatus: Record<JobStatus, JobRecord> = {
  queued: aJob({ status: 'queued', queuedAt: now - 20_000, inLineSince: now - 20_000 }),
  running: aJob({ status: 'running', ...worked }),
  processing_artifacts: aJob({ status: 'processing_artifacts', ...worked, packingSince: now - 1000 }),
  completed: aJob({ status: 'completed', ...settled, artifact }),
  failed: aJob({ status: 'failed', ...settled }),
  cancelled: aJob({ status: 'cancelled', ...settled }),
  expired: aJob({ status: 'expired', ...settled, artifact }),
};

const events: Record<JobEvent['type'], JobEvent> = {
  claimed: { type: 'claimed', worker: 'w2' },
  joined: { type: 'joined', worker: 'w2', object: { id: 'another', fence: 3 } },
  heard: { type: 'heard', fence: 7 },
  described: { type: 'described', fence: 7, known: nothingKnown },
  progressed: { type: 'progressed', fence: 7, bytesDone: 5, bytesPerSecond: 1 },
  fetched: { type: 'fetched', fence: 7, bytesDone: 10 },
  checked: { type: 'checked', fence: 7, share: 0.5 },
  completed: { type: 'completed', fence: 7, artifact },
  faulted: { type: 'faulted', fence: 7, fault: passing, random: 0.5 },
  released: { type: 'released', fence: 7 },
  lost: { type: 'lost', fence: 7 },
  overdue: { type: 'overdue' },
  cancelled: { type: 'cancelled' },
  expired: { type: 'expired' },
};

/** Where each event leads from each state; what is not named here is refused. */
const allowed: Record<JobStatus, Partial<Record<JobEvent['type'], JobStatus>>> = {
  queued: { claimed: 'running', joined: 'running', cancelled: 'cancelled' },
  running: {
    heard: 'running',
    described: 'running',
    progressed: 'running',
    fetched: 'processing_artifacts',
    faulted: 'queued',
    released: 'queued',
    lost: 'queued',
    cancelled: 'cancelled',
  },
  processing_artifacts: {
    heard: 'processing_artifacts',
    described: 'processing_artifacts',
    checked: 'processing_artifacts',
    completed: 'completed',
    faulted: 'queued',
    released: 'queued',
    lost: 'queued',
    cancelled: 'cancelled',
  },
  completed: { expired: 'expired' },
  failed: {},
  cancelled: {},
  expired: {},
};

const advance = (job: JobRecord, event: JobEvent, at = now, under = policy) => advanceJob(job, event, at, under);

describe('every transition', () => {
  for (const status of jobStatuses) {
    for (const [name, event] of Object.entries(events)) {
      const next = allowed[status][event.type];
      it(`${status} + ${name}: ${next ?? 'does not apply'}`, () => {
        const before = structuredClone(inStatus[status]);
        expect(advance(inStatus[status], event)?.status ?? null).toBe(next ?? null);
        expect(inStatus[status]).toEqual(before);
      });
    }
  }
});

describe('the fence', () => {
  it('lets a superseded claim write nothing more', () => {
    const running = aJob({ status: 'running', ...worked, fence: 8 });
    const late = Object.values(events).filter((event) => 'fence' in event);
    expect(late.length).toBeGreaterThan(0);
    for (const event of late) expect(advance(running, event), event.type).toBeNull();
  });

  it('grows with every claim, also where the attempt costs nothing', () => {
    const claimed = advance(inStatus.queued, events.claimed)!;
    const back = advance(claimed, { type: 'released', fence: claimed.fence })!;
    expect([inStatus.queued.fence, claimed.fence, back.fence, advance(back, events.claimed)!.fence]).toEqual([0, 1, 1, 2]);
  });
});

describe('version', () => {
  it('grows with every change of the job, and not with a heartbeat', () => {
    expect(advance(inStatus.running, events.heard)).toMatchObject({
      version: inStatus.running.version,
      claim: { heardAt: now, leaseExpiresAt: now + policy.leaseMs },
    });
    for (const [status, byEvent] of Object.entries(allowed)) {
      for (const type of Object.keys(byEvent) as JobEvent['type'][]) {
        if (type === 'heard') continue;
        const job = inStatus[status as JobStatus];
        expect(advance(job, events[type])!.version, `${status} + ${type}`).toBe(job.version + 1);
      }
    }
  });
});

describe('percent', () => {
  const counting = aJob({ status: 'running', ...worked, progress: { ...inStatus.running.progress, bytesTotal: 1000 } });
  const after = (job: JobRecord, bytesDone: number) => advance(job, { type: 'progressed', fence: 7, bytesDone, bytesPerSecond: 1 })!;

  it('counts fetched bytes up to 92', () => {
    expect([0, 1, 500, 999, 1000, 2000].map((bytes) => after(counting, bytes).progress.percent)).toEqual([0, 0, 46, 91, 92, 92]);
  });

  it('never falls within an attempt, and starts again with the next', () => {
    const half = after(counting, 500);
    expect(after(half, 100).progress.percent).toBe(46);
    const waiting = advance(half, events.faulted)!;
    expect(advance(waiting, events.claimed, waiting.nextAttemptAt!)!.progress).toMatchObject({ percent: 0, bytesDone: 0, bytesTotal: 1000 });
  });

  it('is 92 to 99 while packing, and 100 only when completed', () => {
    const packing = advance(after(counting, 1000), { type: 'fetched', fence: 7, bytesDone: 1000 })!;
    const checked = (share: number) => advance(packing, { type: 'checked', fence: 7, share })!.progress.percent;
    expect([packing.progress.percent, checked(0), checked(0.5), checked(1), checked(2)]).toEqual([92, 92, 95, 99, 99]);
    expect(advance(packing, events.completed)!.progress).toMatchObject({ percent: 100, bytesTotal: 1000 });
  });

  it('stays 0 while the total is unknown', () => {
    expect(after(inStatus.running, 123_456).progress).toMatchObject({ percent: 0, bytesDone: 123_456, bytesTotal: null });
  });
});

describe('attempts', () => {
  it('waits with full jitter after a passing fault, and says when it comes again and why', () => {
    const job = advance(inStatus.running, events.faulted)!;
    expect(job).toMatchObject({ nextAttemptAt: now + 500, claim: null, attempts: 1, maxAttempts: 5 });
    expect(job.fault).toEqual({ code: 'source-unavailable', message: passing.message, at: now });
    expect(advance(job, events.claimed, now + 499)).toBeNull();
    expect(advance(job, events.claimed, now + 500)).toMatchObject({ status: 'running', attempts: 2, nextAttemptAt: null });
  });

  it('tries every passing code again, and ends at once with every other', () => {
    for (const code of faultCodes) {
      const ended = advance(inStatus.running, { type: 'faulted', fence: 7, fault: new AttemptFault(code, 'x'), random: 0 })!;
      expect(ended.status, code).toBe(isPassing(code) ? 'queued' : 'failed');
    }
  });

  it('fails with the last fault when the attempts are used up', () => {
    const last = aJob({ status: 'running', ...worked, attempts: 3, maxAttempts: 3 });
    expect(advance(last, events.faulted)).toMatchObject({ status: 'failed', fault: { code: 'source-unavailable' }, nextAttemptAt: null });
  });

  it('gives back an attempt that was cut off, and takes the job up without backoff', () => {
    for (const event of [events.released, events.lost]) {
      const back = advance(inStatus.running, event)!;
      expect(back).toMatchObject({ attempts: 1, maxAttempts: 6, nextAttemptAt: null });
      expect(advance(back, events.claimed)).toMatchObject({ status: 'running', attempts: 2 });
    }
  });

  it('ends a job that keeps losing its workers, but not one that is handed back in order', () => {
    const lostTwice = aJob({ status: 'running', ...worked, workerLosses: 2 });
    expect(advance(lostTwice, events.lost)).toMatchObject({ status: 'failed', fault: { code: 'worker-lost' }, workerLosses: 3 });
    expect(advance(lostTwice, events.released)).toMatchObject({ status: 'queued', workerLosses: 2 });
  });

  it('fails at once for a fault that will not pass', () => {
    expect(advance(inStatus.running, { type: 'faulted', fence: 7, fault: lasting, random: 0 })).toMatchObject({ status: 'failed' });
  });
});

describe('the deadline', () => {
  const started = advance(inStatus.queued, events.claimed)!;

  it('begins with the first start, whatever the wait in line', () => {
    expect(started.deadlineAt).toBe(now + policy.jobTimeoutMs);
  });

  it('ends a running job, and one that waits for its next attempt', () => {
    const late = now + policy.jobTimeoutMs;
    expect(advance(started, events.overdue, late - 1)).toBeNull();
    expect(advance(started, events.overdue, late)).toMatchObject({ status: 'failed', fault: { code: 'deadline-exceeded' } });
    const waiting = aJob({ status: 'queued', deadlineAt: now, nextAttemptAt: now + 500, inLineSince: now + 500 });
    expect(advance(waiting, events.overdue)).toMatchObject({ status: 'failed' });
  });

  it('does not count time in line between attempts', () => {
    const back = advance(started, { type: 'released', fence: started.fence }, now + 1000)!;
    expect(advance(back, events.overdue, now + policy.jobTimeoutMs + 1)).toBeNull();
    const again = advance(back, events.claimed, now + 61_000)!;
    expect(again.deadlineAt).toBe(now + policy.jobTimeoutMs + 60_000);
  });

  it('does not count the time for which a lost worker lay dead', () => {
    const lost = advance(started, { type: 'lost', fence: started.fence }, now + 3_600_000)!;
    const again = advance(lost, events.claimed, now + 3_600_000)!;
    expect(again.deadlineAt).toBe(now + policy.jobTimeoutMs + 3_600_000 - policy.leaseMs);
  });
});

describe('lifetimes', () => {
  it('start anew when the job settles, and then the record stays for its history', () => {
    for (const event of [events.completed, events.cancelled]) {
      const ended = advance(inStatus.processing_artifacts, event)!;
      expect(ended).toMatchObject({ settledAt: now, expiresAt: now + policy.jobTtlMs, endsAt: now + policy.jobTtlMs + policy.historyTtlMs });
    }
  });

  it('expire a completed job at its moment and not before, keeping size, type and hash', () => {
    const kept = aJob({ ...inStatus.completed, expiresAt: now });
    expect(advance(kept, events.expired, now - 1)).toBeNull();
    expect(advance(kept, events.expired)).toMatchObject({ status: 'expired', artifact });
  });

  it('end early when an operator wants it: the file goes now, and the record stays for its history from now', () => {
    const kept = aJob({ ...inStatus.completed, expiresAt: now + 1000, endsAt: now + 1000 + policy.historyTtlMs });
    const expired = advance(kept, { type: 'expired', early: true })!;
    expect(expired).toMatchObject({ status: 'expired', expiresAt: now, endsAt: now + policy.historyTtlMs, artifact });
    expect(expired.timeline.at(-1)).toMatchObject({ event: 'expired', detail: 'by an operator' });
    for (const status of ['queued', 'running', 'failed', 'cancelled', 'expired'] as const) {
      expect(advance(inStatus[status], { type: 'expired', early: true })).toBeNull();
    }
  });
});

describe('the timeline', () => {
  it('tells what happened in order', () => {
    const told = [events.claimed, events.fetched, events.completed].reduce<JobRecord>(
      (job, event) => advance(job, 'fence' in event ? { ...event, fence: 1 } : event)!,
      inStatus.queued,
    );
    expect(told.timeline.slice(-3).map(({ event, attempt }) => [event, attempt])).toEqual([
      ['attempt began', 1],
      ['fetched', 1],
      ['completed', 1],
    ]);
  });

  it('keeps the first and the latest 49', () => {
    const asked = { at: new Date(now).toISOString(), event: 'asked', attempt: null, detail: null };
    let job = aJob({ status: 'queued', timeline: [asked], maxAttempts: 1000 });
    for (let round = 0; round < 40; round++) {
      job = advance(job, events.claimed)!;
      job = advance(job, { type: 'released', fence: job.fence })!;
    }
    expect(job.timeline).toHaveLength(50);
    expect([job.timeline[0], job.timeline.at(-1)?.attempt]).toEqual([asked, 40]);
  });
});
