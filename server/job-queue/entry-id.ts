/** Ids of records, as they are made here. They stand in the queue as they are, where operators look for them. */
const recordId = /^dl_[\w-]+$/;
const marker = 'id=';

/** The id of a job's entry. BullMQ refuses ids with a colon and ids of digits alone, and replaces an empty one. */
export function entryIdOf(jobId: string): string {
  return recordId.test(jobId) ? jobId : marker + encodeURIComponent(jobId);
}

/** The job whose entry it is. */
export function jobIdOf(entryId: string): string {
  return entryId.startsWith(marker) ? decodeURIComponent(entryId.slice(marker.length)) : entryId;
}
