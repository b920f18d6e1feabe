import { queryOptions } from '@tanstack/react-query';
import { fetchCapabilities } from '../api/service-api.ts';

/** What the server can do and allows; asked once per visit. */
export const capabilitiesQuery = () =>
  queryOptions({
    queryKey: ['capabilities'],
    queryFn: ({ signal }) => fetchCapabilities(signal),
    staleTime: Infinity,
    retry: 3,
  });
