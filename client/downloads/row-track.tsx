import './row-track.css';
import { packingStartsAtPercent } from '#shared/job-status.ts';
import type { Job } from '#shared/job.ts';
import { Track, type TrackLook } from '../ui/track.tsx';
import type { RowState } from './row-state.ts';
import type { Row } from './rows.ts';

const looks: Partial<Record<RowState, TrackLook>> = {
  sending: 'hatched',
  unsent: 'hatched',
  running: 'filled',
  'unknown-size': 'unknown',
  packing: 'filled',
  retrying: 'hatched',
  silent: 'held',
  stuck: 'held',
};

const mostPips = 8;

/** What lies under the status line while something is under way: the track, or the place in line. */
export function RowTrack({ row }: { row: Row }) {
  const { state, job, name, words } = row;
  if (state === 'queued') return <Pips position={job?.queue?.position ?? null} />;
  const look = looks[state];
  if (!look) return null;
  const percent = look === 'hatched' ? 0 : (job?.progress.percent ?? 0);
  return <Track name={name} look={look} percent={percent} segments={segmentsOf(job)} valueText={valueText(row, words.end)} />;
}

function valueText({ words, job, state }: Row, end: string | undefined): string {
  const counted = state === 'running' || state === 'packing' || state === 'silent' || state === 'stuck';
  const start = counted && job ? `${job.progress.percent} percent` : words.label;
  return [start, end].filter(Boolean).join(', ');
}

/** One segment per file by its bytes, up to 12 files, then the short one for packing. */
export function segmentsOf(job: Job | null): number[] {
  const packing = 100 - packingStartsAtPercent;
  const sizes = (job?.files ?? []).map((file) => file.size);
  const total = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  if (sizes.length < 2 || total === 0 || sizes.includes(null)) return [packingStartsAtPercent, packing];
  return [...sizes.map((size) => ((size ?? 0) / total) * packingStartsAtPercent), packing];
}

/** One dot per job ahead and a ring for this one. A long line is only told as a number. */
function Pips({ position }: { position: number | null }) {
  const ahead = position === null || position > mostPips ? 0 : position - 1;
  return (
    <div key={ahead} className="pips" aria-hidden="true">
      {Array.from({ length: ahead }, (_, index) => (
        <i key={index} />
      ))}
      <i className="pip-own" />
      <s />
    </div>
  );
}
