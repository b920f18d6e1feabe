import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { CatalogueFile } from '#shared/files-api.ts';
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
  const search = useInfiniteQuery({
    queryKey: ['files', 'search', query],
    queryFn: ({ pageParam, signal }) => fetchFiles({ query, limit: pageSize, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    retry: (failures, error) => failures < 1 && !isWithoutCatalogue(error),
    staleTime: 60_000,
  });
  const pages = search.data?.pages ?? [];
  return {
    state: stateOf(search),
    files: pages.flatMap((page) => page.files),
    total: pages[0]?.total ?? 0,
    query,
    hasMore: search.hasNextPage,
    loadingMore: search.isFetchingNextPage,
    showMore: () => void search.fetchNextPage(),
    tryAgain: () => void search.refetch(),
  };
}

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
