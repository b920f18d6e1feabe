import { queryOptions } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.ts';
import { fetchFiles } from '../api/files-api.ts';

/** Whether this source has no catalogue to search in, which is no fault. */
export const isWithoutCatalogue = (error: unknown) => error instanceof ApiError && error.code === 'no-catalogue';

/** How many files can be asked for; null when the source has no catalogue. */
export const catalogueSizeQuery = () =>
  queryOptions({
    queryKey: ['files', 'total'],
    queryFn: async ({ signal }) => {
      try {
        const { total } = await fetchFiles({ query: '', limit: 1, cursor: null }, signal);
        return { total };
      } catch (error) {
        if (isWithoutCatalogue(error)) return { total: null };
        throw error;
      }
    },
    staleTime: 300_000,
    retry: 1,
  });
