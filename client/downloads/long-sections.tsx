import { memo, useRef, type ReactNode } from 'react';
import { RowSection, type RowGroup, type RowSectionsProps } from './row-sections.tsx';
import { useVisibleBand, type Band } from './use-visible-band.ts';
import { useWantedRow } from './wanted-row.ts';

/**
 * Rows under headings, of which only those in sight are drawn, with room for the others between them. The row that Tab leads
 * to, and the one that the focus is to go to, are there wherever the list has been scrolled to.
 */
export default function LongSections({ groups, titled, current, children }: RowSectionsProps) {
  const list = useRef<HTMLDivElement>(null);
  const band = useVisibleBand(list);
  const pinned = [current, useWantedRow()];
  const tops = topsOf(groups, titled ? band.headingHeight : 0, band.rowHeight);
  const sections = groups.map((group, at) => {
    const drawn = drawnIn(group, band, tops[at]!, pinned);
    const { title, entries } = group;
    if (drawn.length === 0) return <EmptySection key={title} title={title} titled={titled} height={entries.length * band.rowHeight} />;
    return (
      <RowSection key={title} title={title} titled={titled}>
        {withRoom(drawn, entries.length, band.rowHeight, (index) => children(entries[index]!, { at: index + 1, of: entries.length }))}
      </RowSection>
    );
  });
  return <div ref={list}>{sections}</div>;
}

interface EmptySectionProps {
  title: string;
  titled: boolean;
  height: number;
}

/** A section out of sight. It is drawn anew only when it changes its size. */
const EmptySection = memo(function EmptySection({ height, ...section }: EmptySectionProps) {
  return (
    <RowSection {...section}>
      <Room height={height} />
    </RowSection>
  );
});

const Room = ({ height }: { height: number }) => <li role="presentation" aria-hidden="true" style={{ height }} />;

/** Where the rows of each group begin. */
function topsOf(groups: readonly RowGroup[], headingHeight: number, rowHeight: number): number[] {
  let top = 0;
  return groups.map(({ entries }) => {
    const rowsAt = top + headingHeight;
    top = rowsAt + entries.length * rowHeight;
    return rowsAt;
  });
}

/** Which rows of a group are in sight or pinned, by their places. */
function drawnIn({ entries }: RowGroup, { from, to, rowHeight }: Band, rowsAt: number, pinned: readonly (string | null)[]): number[] {
  const first = Math.max(0, Math.floor((from - rowsAt) / rowHeight));
  const last = Math.min(entries.length, Math.ceil((to - rowsAt) / rowHeight));
  const drawn: number[] = [];
  entries.forEach(({ row }, index) => {
    if ((index >= first && index < last) || pinned.includes(row.rowId)) drawn.push(index);
  });
  return drawn;
}

function withRoom(drawn: readonly number[], count: number, rowHeight: number, draw: (index: number) => ReactNode): ReactNode[] {
  const items: ReactNode[] = [];
  let next = 0;
  for (const index of drawn) {
    if (index > next) items.push(<Room key={`room-${next}`} height={(index - next) * rowHeight} />);
    items.push(draw(index));
    next = index + 1;
  }
  if (count > next) items.push(<Room key={`room-${next}`} height={(count - next) * rowHeight} />);
  return items;
}
