import type { JobRecord } from '../downloads/job-record.ts';
import { entriesOf, namesOf, placedEntriesOf, sets, type Entry } from './job-entries.ts';
import { sortable } from './sortable.ts';

/** As `redis-scripts.ts` describes them, but for the prefix. */
type Arguments = (string | number)[];

/** The places of a job behind so many others of its owner, and behind one more each. */
export interface Places {
  readonly from: number;
  readonly places: readonly number[];
}

/** How many of the latest preparations the mean is made of. */
const keptSpans = 50;

export function createArguments(job: JobRecord, { from, places }: Places): Arguments {
  const { place: _decidedThere, ...rest } = job;
  const placed = placedEntriesOf(job).map(({ set }) => set);
  const others = entriesOf(job).filter(({ set }) => !placed.includes(set));
  const named = namesOf(job);
  return [
    job.jobId,
    job.endsAt ?? '',
    '{"place":',
    `,${JSON.stringify(rest).slice(1)}`,
    traceOf(others, named),
    sets.lineOf(job),
    from,
    places.length,
    ...places.flatMap((each) => [each, sortable(each)]),
    named.length,
    ...named,
    placed.length,
    ...placed,
    ...others.flatMap(adding),
  ];
}

/** A change of a record: as it was read, and as it is to be, null when it is to go; both with their texts. */
export interface Write {
  readonly was: JobRecord;
  readonly text: string;
  readonly is: JobRecord | null;
  readonly becomes: string;
  /** The set in which no other job may be, or ''. */
  readonly alone: string;
}

export function writeArguments({ was, text, is, becomes, alone }: Write): Arguments {
  const [entriesBefore, namesBefore] = [entriesOf(was), namesOf(was)];
  const [entries, named] = is ? [entriesOf(is), namesOf(is)] : [[], []];
  const trace = traceOf(entries, named);
  // A name lives exactly as long as its record.
  const sameEnd = was.endsAt === is?.endsAt;
  return [
    was.jobId,
    text,
    becomes,
    is?.endsAt ?? '',
    alone,
    trace === traceOf(entriesBefore, namesBefore) ? '=' : trace,
    ...entryChanges(entriesBefore, entries),
    ...namesBefore.flatMap((name) => (named.includes(name) ? [] : ['unname', name])),
    ...named.flatMap((name) => (sameEnd && namesBefore.includes(name) ? [] : ['name', name])),
    // Only a retry can have been answered under other keys than its own.
    ...(sameEnd || was.retryOf === null ? [] : [is ? 'keep keys' : 'free keys']),
  ];
}

function entryChanges(before: readonly Entry[], after: readonly Entry[]): Arguments {
  const gone = new Map(before.map((entry) => [entry.set, entry]));
  const added = after.flatMap((entry) => {
    const old = gone.get(entry.set);
    if (old?.member === entry.member) gone.delete(entry.set);
    return old?.member === entry.member && old.score === entry.score ? [] : adding(entry);
  });
  return [...added, ...[...gone.values()].flatMap(({ set, member }) => ['drop', set, member])];
}

function adding({ set, score, member }: Entry): Arguments {
  const add = ['add', set, score, member];
  return set === sets.spans ? [...add, 'trim', set, keptSpans] : add;
}

/** Entries and names in one text, for whoever finds that their record is gone. */
function traceOf(entries: readonly Entry[], named: readonly string[]): string {
  return [...entries.map(({ set, member }) => `${set}\t${member}`), ...named.map((name) => `${name}\t`)].join('\n');
}
