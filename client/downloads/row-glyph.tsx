import './row-glyph.css';
import type { Shape } from '../ui/icon.tsx';
import type { RowState } from './row-state.ts';

interface Glyph {
  tone: 'mute' | 'go' | 'accent' | 'warn' | 'bad';
  /** How the ring is dashed; empty for a whole one. Without it there is no ring. */
  ring?: string;
  /** What is drawn in the ring. */
  shape?: Shape;
  /** Filled as a pie: with what is done, or by a fixed part where that is not known. */
  pie?: 'done' | number;
}

const sending: Glyph = { tone: 'mute', ring: '1.2 3.2', shape: 'glyph-sending' };

const glyphs: Record<RowState, Glyph> = {
  sending,
  unsent: sending,
  queued: { tone: 'mute', ring: '2.4 2.48' },
  running: { tone: 'go', ring: '', pie: 'done' },
  'unknown-size': { tone: 'go', ring: '', pie: 25 },
  packing: { tone: 'go', shape: 'glyph-packing' },
  retrying: { tone: 'warn', shape: 'glyph-retrying' },
  silent: { tone: 'warn', ring: '', shape: 'glyph-silent' },
  stuck: { tone: 'warn', ring: '', shape: 'glyph-stuck' },
  ready: { tone: 'accent', shape: 'glyph-ready' },
  downloaded: { tone: 'accent', ring: '', shape: 'glyph-downloaded' },
  failed: { tone: 'bad', shape: 'glyph-failed' },
  cancelled: { tone: 'mute', ring: '', shape: 'glyph-cancelled' },
  expired: { tone: 'mute', ring: '', shape: 'glyph-expired' },
};

interface RowGlyphProps {
  state: RowState;
  percent?: number;
  size?: number;
}

/** The drawing at the head of a row. The words beside it carry the state; it is hidden from screen readers. */
export function RowGlyph({ state, percent = 0, size = 20 }: RowGlyphProps) {
  const { tone, ring, pie, shape } = glyphs[state];
  const filled = pie === 'done' ? percent : pie;
  return (
    <svg key={state} className={`row-glyph tone-${tone}`} width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      {ring !== undefined && <circle cx="10" cy="10" r="7" strokeDasharray={ring} />}
      {filled !== undefined && <circle cx="10" cy="10" r="2.3" className="pie" pathLength="100" strokeDasharray={`${filled} 100`} />}
      {shape && <use href={`#${shape}`} />}
    </svg>
  );
}
