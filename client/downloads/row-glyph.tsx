import './row-glyph.css';
import { Drawing, type Shape } from '../ui/icon.tsx';
import type { RowState } from './row-state.ts';

interface Glyph extends Shape {
  tone: 'mute' | 'go' | 'accent' | 'warn' | 'bad';
  /** How the ring is dashed; empty for a whole one. */
  ring?: string;
  /** Filled as a pie: with what is done, or by a fixed part where that is not known. */
  pie?: 'done' | number;
}

const sending: Glyph = { tone: 'mute', ring: '1.2 3.2', line: 'M10 13V7.4M7.6 9.6 10 7.2l2.4 2.4' };

// On a ground of 20 by 20.
const glyphs: Record<RowState, Glyph> = {
  sending,
  unsent: sending,
  queued: { tone: 'mute', ring: '2.4 2.48' },
  running: { tone: 'go', ring: '', pie: 'done' },
  'unknown-size': { tone: 'go', ring: '', pie: 25 },
  packing: {
    tone: 'go',
    line: 'M3.4 6.8q0-3.4 3.4-3.4h6.4q3.4 0 3.4 3.4v6.4q0 3.4-3.4 3.4H6.8q-3.4 0-3.4-3.4zM10 3.6v1.7M10 7.4v1.8',
    solid: 'M8.3 11.6q0-1 1-1h1.4q1 0 1 1v1.2q0 1-1 1H9.3q-1 0-1-1z',
  },
  retrying: { tone: 'warn', line: 'M16.4 8.2A6.8 6.8 0 1 0 16.8 11.4M16.9 4.4v4h-4' },
  silent: {
    tone: 'warn',
    ring: '',
    solid: 'M5.8 10a1 1 0 1 0 2.1 0 1 1 0 1 0-2.1 0m3.1 0a1 1 0 1 0 2.1 0 1 1 0 1 0-2.1 0m3.1 0a1 1 0 1 0 2.1 0 1 1 0 1 0-2.1 0',
  },
  stuck: { tone: 'warn', ring: '', line: 'M8.1 8.3a1.95 1.95 0 1 1 2.9 1.7c-.6.35-1 .75-1 1.4M10 13.5v.05' },
  ready: { tone: 'accent', solid: 'M2 10a8 8 0 1 0 16 0 8 8 0 1 0-16 0', cut: 'M10 6v7.2M7 10.4l3 3 3-3' },
  downloaded: { tone: 'accent', ring: '', line: 'm7 10.2 2.2 2.2 4-4.6' },
  failed: {
    tone: 'bad',
    solid: 'M8.9 2.3a1.6 1.6 0 0 1 2.2 0l6.6 6.6a1.6 1.6 0 0 1 0 2.2l-6.6 6.6a1.6 1.6 0 0 1-2.2 0L2.3 11.1a1.6 1.6 0 0 1 0-2.2Z',
    cut: 'M10 6.4v4.3M10 13.4v.05',
  },
  cancelled: { tone: 'mute', ring: '', line: 'm5.2 14.8 9.6-9.6' },
  expired: { tone: 'mute', ring: '', line: 'M10 6v4l2.6 1.8' },
};

interface RowGlyphProps {
  state: RowState;
  percent?: number;
  size?: number;
}

/** The drawing at the head of a row. The words beside it carry the state; it is hidden from screen readers. */
export function RowGlyph({ state, percent = 0, size = 20 }: RowGlyphProps) {
  const { tone, ring, pie, ...shape } = glyphs[state];
  const filled = pie === 'done' ? percent : pie;
  return <Drawing key={state} className={`row-glyph tone-${tone}`} ground={20} size={size} shape={shape} ring={ring} percent={filled} />;
}
