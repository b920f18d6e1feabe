import './download-list.css';
import { Suspense, useLayoutEffect } from 'react';
import { latePart } from '../ui/late-part.ts';
import { Button } from '../ui/button.tsx';
import { formatDay } from '../ui/moments.ts';
import { TabStop } from '../ui/tab-stop.ts';
import { DownloadRow } from './download-row.tsx';
import { filterLooks } from './filters.ts';
import { openDetails } from './job-address.tsx';
import { setListedRows } from './listed-rows.ts';
import type { Shown } from './next-shown.ts';
import type { Row, RowSurroundings } from './rows.ts';
import { RowSections, type RowGroup } from './row-sections.tsx';
import { selectOnly, useSelection } from './selection.ts';
import { useListFocus } from './use-list-focus.ts';
import { useShownRows } from './use-shown-rows.ts';
import { changeView, type View } from './view.ts';

const BulkBar = latePart(() => import('./bulk-bar.tsx'));

interface DownloadListProps {
  rows: readonly Row[];
  view: View;
  around: RowSurroundings;
}

/** The downloads of a view; in the usual order under the day they were asked for. */
export function DownloadList({ rows, view, around }: DownloadListProps) {
  const { shown, waiting, hands, letIn } = useShownRows(rows, view, around.now);
  const present = shown.flatMap(({ row, goneAt }) => (goneAt === null ? [row] : []));
  const { list, current, onFocus, onBlur } = useListFocus(present);
  const selected = useSelection();
  useLayoutEffect(() => {
    setListedRows(present);
    selectOnly(present);
  });
  return (
    <>
      <div
        className={selected.size > 0 ? 'list list-selecting' : 'list'}
        ref={list}
        tabIndex={-1}
        {...hands}
        onFocus={(event) => {
          hands.onFocus();
          onFocus(event);
        }}
        onBlur={(event) => {
          hands.onBlur(event);
          onBlur();
        }}
      >
        {waiting > 0 && (
          <div className="list-waiting">
            <Button look="ink" onClick={letIn}>
              {waiting} new
            </Button>
          </div>
        )}
        {present.length === 0 && <NothingShown view={view} />}
        <RowSections groups={groups(shown, view, around.now)} titled={view.sort === 'newest'} current={current}>
          {({ row, arrivedAt, goneAt }, place) => (
            <TabStop key={row.rowId} value={row.rowId === current ? 0 : -1}>
              <DownloadRow
                row={row}
                place={place}
                limits={around.limits}
                stale={around.stale}
                selected={selected.has(row.rowId)}
                moving={goneAt !== null ? 'gone' : arrivedAt !== null && around.now - arrivedAt < 1000 ? 'arrived' : undefined}
                onDetails={openDetails}
              />
            </TabStop>
          )}
        </RowSections>
      </div>
      {selected.size > 0 && (
        <Suspense>
          <BulkBar blocked={around.stale} />
        </Suspense>
      )}
    </>
  );
}

function NothingShown({ view: { filter, search } }: { view: View }) {
  const [text, label, change] =
    search === ''
      ? ([filterLooks[filter].empty, 'Show all', { filter: 'all' }] as const)
      : ([`No download matches “${search}”.`, 'Clear search', { search: '' }] as const);
  return (
    <p className="list-empty">
      {text}
      {(search !== '' || filter !== 'all') && (
        <Button look="quiet" onClick={() => changeView(change)}>
          {label}
        </Button>
      )}
    </p>
  );
}

function groups(shown: readonly Shown[], { sort }: View, now: number): RowGroup[] {
  const titled = Map.groupBy(shown, ({ row }) => (sort === 'newest' ? formatDay(row.askedAt, now) : 'Downloads'));
  return [...titled].map(([title, entries]) => ({ title, entries }));
}
