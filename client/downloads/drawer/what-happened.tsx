import { useState } from 'react';
import type { TimelineEntry } from '#shared/job.ts';
import { toLocalTime } from '../../api/server-clock.ts';
import { formatSecond } from '../../ui/moments.ts';
import { happenings, type Folded, type Happening } from './happenings.ts';

/** The events of a job to the second. Equal attempts are one line, which opens. */
export function WhatHappened({ timeline }: { timeline: readonly TimelineEntry[] }) {
  return (
    <section>
      <h3 className="drawer-heading">What happened</h3>
      <ol className="timeline">
        {happenings(timeline).map((line, index) => {
          // Entries are only ever added at the end.
          const key = `${line.at} ${index}`;
          return 'inside' in line ? <FoldedLines key={key} line={line} /> : <Line key={key} line={line} />;
        })}
      </ol>
    </section>
  );
}

function Line({ line: { at, text, more, tone } }: { line: Happening }) {
  return (
    <li className={`happening-${tone}`}>
      <Moment at={at} />
      <i />
      <p>
        {text}
        {more !== null && <span> · {more}</span>}
      </p>
    </li>
  );
}

function FoldedLines({ line }: { line: Folded }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <li className="happening-folded">
        <Moment at={line.at} />
        <i />
        <p>
          <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
            {line.text}
          </button>
        </p>
      </li>
      {open && line.inside.map((one) => <Line key={one.at + one.text} line={one} />)}
    </>
  );
}

function Moment({ at }: { at: string }) {
  return <time dateTime={at}>{formatSecond(toLocalTime(at))}</time>;
}
