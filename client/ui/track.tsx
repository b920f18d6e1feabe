import './track.css';

export type TrackLook = 'filled' | 'unknown' | 'hatched' | 'held';

interface TrackProps {
  /** What is under way. */
  name: string;
  look: TrackLook;
  percent: number;
  /** How the way is divided: the weights of its segments, the last one being the short one for packing. */
  segments: readonly number[];
  valueText: string;
}

/** A progress bar in segments. Where the end is unknown it has no value, only words. */
export function Track({ name, look, percent, segments, valueText }: TrackProps) {
  const value = look === 'filled' || look === 'held' ? { 'aria-valuenow': percent } : {};
  const fills = fillsOf(segments, percent);
  return (
    <div
      className={`track track-${look}`}
      role="progressbar"
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={valueText}
      {...value}
    >
      {segments.map((weight, index) => (
        // The segments of one job never change places.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={index} className="track-segment" style={{ flexGrow: weight }}>
          <span className="track-fill" style={{ transform: `scaleX(${fills[index] ?? 0})` }} />
        </span>
      ))}
    </div>
  );
}

function fillsOf(segments: readonly number[], percent: number): number[] {
  const total = segments.reduce((sum, weight) => sum + weight, 0);
  let left = (percent / 100) * total;
  return segments.map((weight) => {
    const filled = Math.min(weight, Math.max(0, left));
    left -= weight;
    return weight === 0 ? 0 : filled / weight;
  });
}
