import './row-glyph.css';
import type { RowState } from './row-state.ts';

interface RowGlyphProps {
  state: RowState;
  percent?: number;
  size?: number;
}

const unknownPercent = 25;

/** The drawing at the head of a row. The words beside it carry the state; it is hidden from screen readers. */
export function RowGlyph({ state, percent = 0, size = 20 }: RowGlyphProps) {
  const filled = state === 'running' ? percent : state === 'unknown-size' ? unknownPercent : 0;
  return (
    <svg key={state} className="row-glyph" data-glyph={state} width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <use href={`#glyph-${state}`} />
      {filled > 0 && <circle cx="10" cy="10" r="2.3" className="pie" pathLength="100" strokeDasharray={`${filled} 100`} />}
    </svg>
  );
}
