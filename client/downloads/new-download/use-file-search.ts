import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { CatalogueFile, FilesResponse } from '#shared/files-api.ts';
import { fetchFiles } from '../../api/files-api.ts';
import { isWithoutCatalogue } from '../catalogue-query.ts';

const debounceMs = 150;
const pageSize = 50;

export interface FileSearch {
  state: 'loading' | 'found' | 'no-catalogue' | 'down';
  files: readonly CatalogueFile[];
  total: number;
  /** The text that these files answer; it follows the typed one. */
  query: string;
  hasMore: boolean;
  loadingMore: boolean;
  showMore: () => void;
  tryAgain: () => void;
}

/** Looks through the catalogue a moment after typing stops. */
export function useFileSearch(text: string): FileSearch {
  const query = useDebounced(text.trim());
  const [wanted, setWanted] = useState({ query, pages: 1 });
  const pages = wanted.query === query ? wanted.pages : 1;
  const search = useQuery({ ...pagesQuery(query, pages), placeholderData: keepPreviousData });
  return {
    state: stateOf(search),
    files: search.data?.files ?? [],
    total: search.data?.total ?? 0,
    query,
    hasMore: search.data?.nextCursor != null,
    loadingMore: pages > 1 && search.isPlaceholderData,
    showMore: () => setWanted({ query, pages: pages + 1 }),
    tryAgain: () => void search.refetch(),
  };
}

/** The first pages of what matches, as one. Each is asked for once, after those before it. */
const pagesQuery = (query: string, pages: number) =>
  queryOptions({
    queryKey: ['files', 'search', query, pages],
    queryFn: async ({ client, signal }): Promise<FilesResponse> => {
      const before = pages === 1 ? null : await client.query({ ...pagesQuery(query, pages - 1), staleTime: 'static' });
      const page = await fetchFiles({ query, limit: pageSize, cursor: before?.nextCursor ?? null }, signal);
      return { ...page, files: [...(before?.files ?? []), ...page.files] };
    },
    retry: (failures, error) => failures < 1 && !isWithoutCatalogue(error),
    staleTime: 60_000,
  });

interface SearchState {
  error: unknown;
  data: unknown;
  fetchStatus: string;
  isPlaceholderData: boolean;
}

function stateOf(search: SearchState): FileSearch['state'] {
  if (isWithoutCatalogue(search.error)) return 'no-catalogue';
  const answered = search.data !== undefined && !search.isPlaceholderData;
  if (search.error || (search.fetchStatus === 'paused' && !answered)) return 'down';
  return search.data ? 'found' : 'loading';
}

function useDebounced(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), debounceMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
