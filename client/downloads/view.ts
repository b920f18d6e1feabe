import { goTo } from '../ui/address.ts';
import { filters, type Filter } from './filters.ts';
import { sorts, type Sort } from './sort-rows.ts';

/** What of the list is shown, and in which order. It lives in the address. */
export interface View {
  filter: Filter;
  search: string;
  sort: Sort;
}

const parameters = { filter: 'show', search: 'q', sort: 'sort' } satisfies Record<keyof View, string>;
const plain: View = { filter: 'all', search: '', sort: 'newest' };

/** The view that an address asks for. */
export function viewIn({ searchParams }: Pick<URL, 'searchParams'>): View {
  const asked = (name: keyof View) => searchParams.get(parameters[name]);
  return {
    filter: filters.find((filter) => filter === asked('filter')) ?? plain.filter,
    search: asked('search') ?? plain.search,
    sort: sorts.find((sort) => sort === asked('sort')) ?? plain.sort,
  };
}

export const currentView = () => viewIn(new URL(window.location.href));

/** Shows another view. With `replace` the step back leads past the one before. */
export function changeView(change: Partial<View>, { replace = false } = {}): void {
  const view = { ...currentView(), ...change };
  const search = new URLSearchParams();
  for (const name of ['filter', 'search', 'sort'] as const) if (view[name] !== plain[name]) search.set(parameters[name], view[name]);
  const text = search.toString();
  goTo(text === '' ? '/' : `/?${text}`, { replace });
}
