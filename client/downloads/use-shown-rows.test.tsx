import { fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { testTime } from '../testing/a-job.ts';
import { aRow } from '../testing/a-row.ts';
import type { Filter } from './filters.ts';
import { useShownRows } from './use-shown-rows.ts';

const isReady = [aRow({ state: 'ready' })];
const wasTaken = [aRow({ state: 'downloaded' })];

function List({ taken, filter = 'ready', now }: { taken: boolean; filter?: Filter; now: number }) {
  const { shown, hands } = useShownRows(taken ? wasTaken : isReady, { filter, search: '', sort: 'newest' }, now);
  return (
    <ul {...hands}>
      {shown
        .filter((entry) => entry.goneAt === null)
        .map(({ row: { rowId, state } }) => (
          <li key={rowId}>{state}</li>
        ))}
    </ul>
  );
}

const states = () => screen.queryAllByRole('listitem').map((item) => item.textContent);

beforeEach(() => void vi.useFakeTimers({ now: testTime }));

describe('a row that leaves a filter', () => {
  test('shows its last state for 4 s', () => {
    const view = render(<List taken={false} now={testTime} />);
    expect(states()).toEqual(['ready']);
    view.rerender(<List taken now={testTime + 1000} />);
    expect(states()).toEqual(['downloaded']);
    view.rerender(<List taken now={testTime + 4999} />);
    expect(states()).toEqual(['downloaded']);
    view.rerender(<List taken now={testTime + 5000} />);
    expect(states()).toEqual([]);
  });

  test('stays while a pointer is in the list, and a moment longer', () => {
    const view = render(<List taken={false} now={testTime} />);
    fireEvent.pointerMove(screen.getByRole('list'));
    view.rerender(<List taken now={testTime} />);
    view.rerender(<List taken now={testTime + 60_000} />);
    expect(states()).toEqual(['downloaded']);
    vi.setSystemTime(testTime + 60_000);
    fireEvent.pointerLeave(screen.getByRole('list'));
    view.rerender(<List taken now={testTime + 60_999} />);
    expect(states()).toEqual(['downloaded']);
    view.rerender(<List taken now={testTime + 61_000} />);
    expect(states()).toEqual([]);
  });

  test('goes at once when another filter is chosen', () => {
    const view = render(<List taken={false} now={testTime} />);
    view.rerender(<List taken now={testTime} />);
    view.rerender(<List taken filter="failed" now={testTime} />);
    expect(states()).toEqual([]);
  });
});
