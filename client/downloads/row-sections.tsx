import { lazy, Suspense, type ReactNode } from 'react';
import { alsoLate } from '../ui/late-part.ts';
import type { Shown } from './next-shown.ts';

/** Up to so many rows are all drawn: then there is nothing to gain. */
const drawnWhole = 60;

/** Rows that stand under one heading. */
export interface RowGroup {
  title: string;
  entries: readonly Shown[];
}

export interface RowSectionsProps {
  groups: readonly RowGroup[];
  /** Whether the titles are shown, or only said. */
  titled: boolean;
  /** The row that Tab leads to. */
  current: string | null;
  /** Draws a row. In a long list it is told which of how many that is, because not all of them are there. */
  children: (entry: Shown, place?: { at: number; of: number }) => ReactNode;
}

const load = alsoLate(() => import('./long-sections.tsx'));
const LongSections = lazy(() => load().catch(() => ({ default: WholeSections })));

/** The rows under their headings. Of a long list only those in sight are drawn. */
export function RowSections(props: RowSectionsProps) {
  const [first] = props.groups;
  if (props.groups.reduce((sum, { entries }) => sum + entries.length, 0) <= drawnWhole) return <WholeSections {...props} />;
  const beginning = first ? [{ ...first, entries: first.entries.slice(0, drawnWhole) }] : [];
  return (
    <Suspense fallback={<WholeSections {...props} groups={beginning} />}>
      <LongSections {...props} />
    </Suspense>
  );
}

function WholeSections({ groups, titled, children }: RowSectionsProps) {
  const sections = groups.map(({ title, entries }) => (
    <RowSection key={title} title={title} titled={titled}>
      {entries.map((entry) => children(entry))}
    </RowSection>
  ));
  return <>{sections}</>;
}

interface RowSectionProps {
  title: string;
  titled: boolean;
  children: ReactNode;
}

export function RowSection({ title, titled, children }: RowSectionProps) {
  return (
    <section aria-label={title}>
      {titled && <h2 className="day">{title}</h2>}
      {/* The role is said once more because Safari drops it from lists without bullets. */}
      {/* oxlint-disable-next-line jsx-a11y/no-redundant-roles -- Safari takes the role from a list without bullets */}
      <ul role="list">{children}</ul>
    </section>
  );
}
