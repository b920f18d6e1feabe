import './toolbar.css';
import { Button } from '../ui/button.tsx';
import { useDownloads } from './downloads-context.tsx';
import { filterLooks, filters } from './filters.ts';
import type { Counts } from './headline-words.ts';
import { finishedJobs } from './finished-jobs.ts';
import type { Row } from './rows.ts';
import { SearchField } from './search-field.tsx';
import { SortMenu } from './sort-menu.tsx';
import { changeView, type View } from './view.ts';

interface ToolbarProps {
  view: View;
  rows: readonly Row[];
  counts: Counts;
  /** Nothing that needs the network can be done now. */
  blocked: boolean;
}

/** Which downloads are listed, how many there are of each kind, and in which order. */
export function Toolbar({ view, rows, counts, blocked }: ToolbarProps) {
  const { act } = useDownloads();
  const finished = finishedJobs(rows);
  const clear = { disabled: blocked || finished.length === 0, run: () => act((actions) => actions.clearFinished(finished)) };
  return (
    <div className="toolbar">
      <div className="filters" role="group" aria-label="Filter">
        {filters.map((filter, index) => (
          <button
            key={filter}
            type="button"
            className="filter"
            aria-pressed={filter === view.filter}
            aria-keyshortcuts={String(index + 1)}
            data-many={counts[filter] > 9 || undefined}
            onClick={() => changeView({ filter })}
          >
            {filterLooks[filter].label}
            <span className="filter-count">{counts[filter]}</span>
            {filter === 'failed' && counts.unseenFailures > 0 && (
              <>
                <i className="filter-mark" aria-hidden="true" />
                <span className="unseen">, new</span>
              </>
            )}
          </button>
        ))}
      </div>
      <SearchField asked={view.search} />
      <SortMenu sort={view.sort} clear={clear} />
      <span className="clear-finished">
        <Button look="quiet" disabled={clear.disabled} onClick={clear.run}>
          Clear finished
        </Button>
      </span>
    </div>
  );
}
