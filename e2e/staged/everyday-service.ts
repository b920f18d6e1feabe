import type { CatalogueFile } from '#shared/files-api.ts';
import type { Capabilities, Health } from '#shared/service-api.ts';
import type { StagedService } from './staged-service.ts';

const file = (fileName: string, fileId: number, size: number | null): CatalogueFile => ({
  fileId,
  fileName,
  size,
  contentType: 'application/octet-stream',
  entries: 1,
});

/** What can be found in a picture: the design's files. */
export const catalogue: readonly CatalogueFile[] = [
  file('harbour-survey-pointcloud.laz', 70_412, 1.8e9),
  file('harbour-survey-orthophoto.tif', 70_413, 1.2e9),
  file('harbour-survey-report.pdf', 70_414, 38e6),
  file('coastal-survey-2025.gpkg', 69_982, 860e6),
  file('coastal-survey-2024.gpkg', 65_120, 845e6),
  file('customer-survey-responses.xlsx', 70_201, 12e6),
  file('supplier-survey-annual-accounts.pdf', 70_388, 8e6),
  file('soil-survey-cores-2023.csv', 61_877, 210e6),
  file('heritage-buildings-survey.zip', 58_020, 2.2e9),
  { ...file('survey-field-notes', 58_021, null), contentType: 'application/zip', entries: 212 },
  file('whole-coast-2020-2025.tar', 50_001, 11.6e9),
];

export const capabilities: Capabilities = {
  limits: { filesPerJob: 1000, artifactBytes: 10e9, idsPerPoll: 100, activeJobs: null },
  lifetimes: { jobMs: 86_400_000, historyMs: 604_800_000, deadlineMs: 1_800_000, linkSeconds: 900 },
  channels: { longPoll: true, events: false, webhooks: false },
  source: { name: 'directory', catalogue: true },
  page: { sentryDsn: null, traceViewerUrl: 'https://traces.example.org/trace/{trace_id}', sampleRatio: null },
};

export const health: Health = {
  status: 'healthy',
  checks: { api: 'ok', store: 'ok', queue: 'ok', storage: 'ok', worker: 'ok' },
  reasons: [],
  line: { waiting: 31, etaSeconds: 240 },
};

/** The service on an everyday: nothing is wrong, and nothing was asked for. */
export const everydayService: StagedService = {
  jobs: [],
  timelines: {},
  answers: {},
  files: catalogue,
  filesInAll: 12_480,
  remembered: 0,
  capabilities,
  health,
};
