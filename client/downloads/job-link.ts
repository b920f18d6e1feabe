import { downloadPaths } from '#shared/download-api.ts';

/** The job's own stable link, fit to be passed on: it leads to the file while there is one. Never a storage address. */
export const jobLink = (jobId: string) => new URL(downloadPaths.download(jobId), window.location.origin).href;
