import './download-list.css';
import { goTo } from '../ui/address.ts';
import { Button } from '../ui/button.tsx';
import { formatDay } from '../ui/moments.ts';
import { DownloadRow } from './download-row.tsx';
import { filterAddress, filterLooks, type Filter } from './filters.ts';
import { openDetails } from './job-address.tsx';
import type { Row, RowSurroundings } from './rows.ts';
import { useShownRows } from './use-shown-rows.ts';

interface DownloadListProps {
  rows: readonly Row[];
  filter: Filter;
  around: RowSurroundings;
}

/** The downloads under the day they were asked for. */
export function DownloadList({ rows, filter, around }: DownloadListProps) {
  const { shown, hands } = useShownRows(rows, filter, around.now);
  if (shown.length === 0) {
    return (
      <p className="list-empty">
        {filterLooks[filter].empty}
        <Button look="quiet" onClick={() => goTo(filterAddress('all'), { replace: true })}>
          Show all
        </Button>
      </p>
    );
  }
  return (
    <div {...hands}>
      {groupByDay(shown, around.now).map(({ day, dayRows }) => (
        <section key={day} aria-label={day}>
          <h2 className="day">{day}</h2>
          {/* The role is said once more because Safari drops it from lists without bullets. */}
          {/* oxlint-disable-next-line jsx-a11y/no-redundant-roles */}
          <ul role="list">
            {dayRows.map((row) => (
              <DownloadRow key={row.rowId} row={row} limits={around.limits} stale={around.stale} onDetails={openDetails} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function groupByDay(rows: readonly Row[], now: number): { day: string; dayRows: Row[] }[] {
  const days = Map.groupBy(rows, (row) => formatDay(row.askedAt, now));
  return [...days].map(([day, dayRows]) => ({ day, dayRows }));
}
