import './row-glyph.css';
import type { ReactNode } from 'react';
import type { RowState } from './row-state.ts';

type Tone = 'mute' | 'go' | 'accent' | 'warn' | 'bad';

const ring = <circle cx="10" cy="10" r="7" />;

function pie(percent: number): ReactNode {
  return (
    <>
      {ring}
      <circle
        cx="10"
        cy="10"
        r="2.3"
        strokeWidth="4.6"
        strokeLinecap="butt"
        pathLength="100"
        strokeDasharray={`${percent} 100`}
        transform="rotate(-90 10 10)"
      />
    </>
  );
}

const dots = (
  <g stroke="none" fill="currentColor">
    <circle cx="6.9" cy="10" r="1.05" />
    <circle cx="10" cy="10" r="1.05" />
    <circle cx="13.1" cy="10" r="1.05" />
  </g>
);

const sendingGlyph = (
  <>
    <circle cx="10" cy="10" r="7" strokeDasharray="1.2 3.2" />
    <path d="M10 13V7.4M7.6 9.6 10 7.2l2.4 2.4" />
  </>
);

const glyphs = {
  sending: { tone: 'mute', draw: () => sendingGlyph },
  unsent: { tone: 'mute', draw: () => sendingGlyph },
  queued: { tone: 'mute', draw: () => <circle cx="10" cy="10" r="7" strokeDasharray="2.4 2.48" /> },
  running: { tone: 'go', draw: pie },
  'unknown-size': { tone: 'go', draw: () => pie(25) },
  packing: {
    tone: 'go',
    draw: () => (
      <>
        <rect x="3.4" y="3.4" width="13.2" height="13.2" rx="3.4" />
        <path d="M10 3.6v1.7M10 7.4v1.8" />
        <rect x="8.3" y="10.6" width="3.4" height="3.2" rx="1" stroke="none" fill="currentColor" />
      </>
    ),
  },
  retrying: { tone: 'warn', draw: () => <path d="M16.4 8.2A6.8 6.8 0 1 0 16.8 11.4M16.9 4.4v4h-4" /> },
  silent: {
    tone: 'warn',
    draw: () => (
      <>
        {ring}
        {dots}
      </>
    ),
  },
  stuck: {
    tone: 'warn',
    draw: () => (
      <>
        {ring}
        <path d="M8.1 8.3a1.95 1.95 0 1 1 2.9 1.7c-.6.35-1 .75-1 1.4M10 13.5v.05" strokeWidth="1.5" />
      </>
    ),
  },
  ready: {
    tone: 'accent',
    draw: () => (
      <>
        <circle cx="10" cy="10" r="8" stroke="none" fill="currentColor" />
        <path d="M10 6v7.2M7 10.4l3 3 3-3" stroke="var(--on-accent)" strokeWidth="1.7" />
      </>
    ),
  },
  downloaded: {
    tone: 'accent',
    draw: () => (
      <>
        {ring}
        <path d="m7 10.2 2.2 2.2 4-4.6" />
      </>
    ),
  },
  failed: {
    tone: 'bad',
    draw: () => (
      <>
        <path
          d="M8.9 2.3a1.6 1.6 0 0 1 2.2 0l6.6 6.6a1.6 1.6 0 0 1 0 2.2l-6.6 6.6a1.6 1.6 0 0 1-2.2 0L2.3 11.1a1.6 1.6 0 0 1 0-2.2Z"
          stroke="none"
          fill="currentColor"
        />
        <path d="M10 6.4v4.3M10 13.4v.05" stroke="var(--on-bad)" strokeWidth="1.8" />
      </>
    ),
  },
  cancelled: {
    tone: 'mute',
    draw: () => (
      <>
        {ring}
        <path d="m5.2 14.8 9.6-9.6" />
      </>
    ),
  },
  expired: {
    tone: 'mute',
    draw: () => (
      <>
        {ring}
        <path d="M10 6v4l2.6 1.8" />
      </>
    ),
  },
} satisfies Record<RowState, { tone: Tone; draw: (percent: number) => ReactNode }>;

interface RowGlyphProps {
  state: RowState;
  percent?: number;
  size?: number;
}

/** The drawing at the head of a row. The words beside it carry the state; it is hidden from screen readers. */
export function RowGlyph({ state, percent = 0, size = 20 }: RowGlyphProps) {
  const { tone, draw } = glyphs[state];
  return (
    <svg
      key={state}
      className={`row-glyph tone-${tone}`}
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {draw(percent)}
    </svg>
  );
}
