import * as z from 'zod/mini';
import { filesPerJob, idsPerPoll, rowsPerPage } from './download-api.ts';
import { jobStatuses, priorities } from './job-status.ts';

const fileId = z.int().check(z.positive('must be a positive whole number'));
const label = z.string().check(
  z.minLength(1),
  z.maxLength(255),
  z.refine((text) => text.isWellFormed(), 'must be well-formed Unicode'),
);

const distinct = (ids: number[]) => new Set(ids).size === ids.length;

export const initiateRequestSchema = z
  .object({
    file_id: z.optional(fileId),
    file_ids: z.optional(
      z.array(fileId).check(z.minLength(1), z.maxLength(filesPerJob), z.refine(distinct, 'must be distinct')),
    ),
    archiveName: z.optional(label),
    clientRequestId: z.optional(label),
    userId: z.optional(label),
    priority: z._default(z.enum(priorities), 'normal'),
    callbackUrl: z.optional(z.string().check(z.minLength(1), z.maxLength(2048))),
  })
  .check(
    z.refine((body) => (body.file_id === undefined) !== (body.file_ids === undefined), {
      error: 'give either file_id or file_ids',
      path: ['file_id'],
    }),
  );
export type InitiateRequest = z.infer<typeof initiateRequestSchema>;
/** What a client may send: everything with a default may be left out. */
export type InitiateRequestInput = z.input<typeof initiateRequestSchema>;

const commaList = (text: string) => text.split(',').filter((part) => part !== '');

export const statusesQuerySchema = z.object({
  ids: z.pipe(
    z.pipe(z.string(), z.transform(commaList)),
    z.array(z.string()).check(z.minLength(1, 'name at least one job'), z.maxLength(idsPerPoll)),
  ),
});

export const statusQuerySchema = z.object({ include: z.optional(z.enum(['timeline'])) });

const wholeNumber = z.pipe(
  z.string().check(z.regex(/^\d{1,9}$/, 'must be a whole number')),
  z.transform((text: string) => Number(text)),
);
const limit = z._default(z.pipe(wholeNumber, z.int().check(z.minimum(1), z.maximum(rowsPerPage))), 50);
const cursor = z.optional(z.string().check(z.minLength(1), z.maxLength(512)));

export const historyQuerySchema = z.object({
  userId: label,
  status: z.optional(z.pipe(z.pipe(z.string(), z.transform(commaList)), z.array(z.enum(jobStatuses)).check(z.minLength(1)))),
  limit,
  cursor,
});
export type HistoryQuery = z.infer<typeof historyQuerySchema>;

export const checkRequestSchema = z.object({ file_id: fileId });

export const filesQuerySchema = z.object({
  query: z._default(z.string().check(z.maxLength(255)), ''),
  limit,
  cursor,
});
export type FilesQuery = z.infer<typeof filesQuerySchema>;
