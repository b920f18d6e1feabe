import './filter-bar.css';
import { filterLooks, filters, type Filter } from './filters.ts';
import type { Counts } from './headline-words.ts';

interface FilterBarProps {
  chosen: Filter;
  counts: Counts;
  onChoose: (filter: Filter) => void;
}

/** Which downloads are listed, and how many there are of each kind. */
export function FilterBar({ chosen, counts, onChoose }: FilterBarProps) {
  return (
    <div className="toolbar">
      <div className="filters" role="group" aria-label="Filter">
        {filters.map((filter) => (
          <button
            key={filter}
            type="button"
            className="filter"
            aria-pressed={filter === chosen}
            onClick={() => onChoose(filter)}
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
    </div>
  );
}
