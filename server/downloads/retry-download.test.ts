import { expect, it } from 'vitest';
import { aFile } from '../testing/a-source-file.ts';
import { embeddedPorts } from '../testing/embedded-ports.ts';
import { cancelDownload } from './cancel-download.ts';
import { FileNotFound } from './errors.ts';
import type { SourceFile } from './ports.ts';
import { retryDownload } from './retry-download.ts';

const asker = { origin: 'http://localhost', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00`, requestId: null };

it('knows the retry under way although the file has gone since', async () => {
  const files: Record<number, SourceFile> = { 1: aFile('note.txt') };
  const ports = await embeddedPorts({ files });
  const { jobId } = await ports.accept();
  await cancelDownload(ports, jobId, asker);
  const open = await retryDownload(ports, jobId, null, asker);
  delete files[1];
  expect(await retryDownload(ports, jobId, null, asker)).toMatchObject({ jobId: open.jobId, deduplicated: true });
  await cancelDownload(ports, open.jobId, asker);
  await expect(retryDownload(ports, jobId, null, asker)).rejects.toThrow(FileNotFound);
});
