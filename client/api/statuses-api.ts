import { downloadPaths, statusesResponseSchema } from '#shared/download-api.ts';
import { apiJson } from './call-api.ts';

export const fetchStatuses = (ids: readonly string[], signal?: AbortSignal) =>
  apiJson(`${downloadPaths.statuses()}?ids=${ids.map(encodeURIComponent).join(',')}`, statusesResponseSchema, { signal });
