import { capabilitiesSchema, healthSchema, servicePaths, type Health } from '#shared/service-api.ts';
import { readApiError } from './api-error.ts';
import { apiJson, callApi } from './call-api.ts';

export const fetchCapabilities = (signal?: AbortSignal) =>
  apiJson(servicePaths.capabilities, capabilitiesSchema, { signal });

export interface HealthAnswer {
  health: Health;
  answeredInMs: number;
}

/** An unhealthy service says so with a 503 and the same body, which is an answer, not a failure. */
export function fetchHealth(signal?: AbortSignal): Promise<HealthAnswer> {
  const askedAt = performance.now();
  return callApi(servicePaths.health, { signal }, async (response) => {
    const answeredInMs = performance.now() - askedAt;
    const copy = response.clone();
    const body: unknown = await response.json().catch(() => null);
    const parsed = healthSchema.safeParse(body);
    if (!parsed.success) throw await readApiError(copy);
    return { health: parsed.data, answeredInMs };
  });
}
