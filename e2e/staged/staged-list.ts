import type { Job } from '#shared/job.ts';
import { ago, day, halfWay, hour, minute, second, stagedJob, workerHeard } from './staged-jobs.ts';

const yesterday = day - 3 * hour;

/** One job in each state that the service tells of, with the names and numbers of the design's pictures. */
export const staged = {
  queued: stagedJob('sensor-readings-2026-h1.parquet', 70_418, 640e6, 20 * second, {
    status: 'queued',
    queue: { position: 3, etaSeconds: 50 },
  }),
  running: stagedJob('harbour-survey-pointcloud.laz', 70_412, 1.8e9, 2 * minute, {
    progress: halfWay(62, 1.1e9, 1.8e9, 40),
    worker: workerHeard(second),
  }),
  late: stagedJob('coastal-orthophoto-2025.tif', 70_413, 1.8e9, 6 * minute, {
    progress: halfWay(71, 1.3e9, 1.8e9, 180),
    worker: workerHeard(second),
  }),
  unknown: stagedJob('live-sensor-feed.ndjson', 70_425, null, minute, {
    progress: halfWay(0, 212e6, null, null),
    worker: workerHeard(second),
  }),
  packing: stagedJob('quarterly-reports-2025.zip', 70_402, 212e6, 2 * minute + second, {
    status: 'processing_artifacts',
    fileIds: [70_402, 70_403, 70_404, 70_405],
    fileCount: 4,
    files: [55e6, 46e6, 71e6, 40e6].map((size, index) => ({
      fileId: 70_402 + index,
      fileName: `quarterly-report-2025-q${index + 1}.pdf`,
      size,
    })),
    progress: halfWay(96, 212e6, 212e6, 4),
    worker: workerHeard(second),
  }),
  retrying: stagedJob('orders-archive-2019-2025.csv.zst', 68_830, 3.1e9, 5 * minute, {
    status: 'queued',
    attempts: 1,
    nextAttemptAt: ago(-8 * second),
    errorCode: 'source-unavailable',
  }),
  silent: stagedJob('raw-footage-day-3.mov', 70_377, 8.4e9, 9 * minute, {
    progress: halfWay(31, 2.6e9, 8.4e9, 200),
    worker: workerHeard(22 * second),
  }),
  stuck: stagedJob('raw-footage-day-4.mov', 70_378, 8.4e9, 12 * minute, {
    progress: halfWay(31, 2.6e9, 8.4e9, 200),
    worker: workerHeard(2.5 * minute),
  }),
  ready: stagedJob('annual-accounts-2025.pdf', 70_390, 48e6, 11 * minute, { status: 'completed' }),
  soon: stagedJob('tide-tables-2026.pdf', 70_031, 3e6, day - 39 * minute, { status: 'completed', expiresAt: ago(-38.5 * minute) }),
  taken: stagedJob('board-minutes-2026-06.pdf', 70_102, 1.2e6, 51 * minute, { status: 'completed' }),
  failed: stagedJob('satellite-tiles-north.tar', 69_114, 5.2e9, 29 * minute, {
    status: 'failed',
    attempts: 5,
    errorCode: 'source-unavailable',
    errorMessage: 'The source did not answer in time.',
    lastAttemptAt: ago(23 * minute),
    timestamps: {
      queuedAt: ago(29 * minute),
      startedAt: ago(24 * minute),
      updatedAt: ago(23 * minute),
      settledAt: ago(23 * minute),
    },
  }),
  forbidden: stagedJob('personnel-2026.xlsx', 70_500, 2.4e6, 40 * minute, {
    status: 'failed',
    errorCode: 'source-forbidden',
  }),
  cancelled: stagedJob('customer-survey-responses.xlsx', 70_201, 12e6, yesterday - 16 * minute, { status: 'cancelled' }),
  expired: stagedJob('inventory-snapshot-2024.sqlite', 66_025, 930e6, yesterday + 7 * hour, {
    status: 'expired',
    expiresAt: ago(3 * hour + 22 * minute),
    timestamps: {
      queuedAt: ago(day + 3 * hour + 24 * minute),
      startedAt: ago(day + 3 * hour + 23 * minute),
      updatedAt: ago(3 * hour + 22 * minute),
      settledAt: ago(day + 3 * hour + 22 * minute),
    },
  }),
} satisfies Record<string, Job>;

const { queued, running, packing, retrying, silent, ready, failed, cancelled, expired } = staged;

/** The list of the design's first picture: everyday work, one of most things. */
export const everydayJobs: readonly Job[] = [queued, running, packing, retrying, silent, ready, failed, cancelled, expired];
