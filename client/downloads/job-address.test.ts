import { expect, test } from 'vitest';
import { jobIdIn } from './job-address.tsx';

test.each([
  ['/jobs/Zk3-_9', 'Zk3-_9'],
  ['/jobs/Zk3-_9/', 'Zk3-_9'],
  ['/jobs/', null],
  ['/jobs/a/b', null],
  ['/', null],
])('reads the job of %s as %s', (pathname, jobId) => {
  expect(jobIdIn({ pathname })).toBe(jobId);
});
