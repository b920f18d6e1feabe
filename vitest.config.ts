import { defineConfig } from 'vitest/config';

/** For what hangs. A busy machine may take long for what is right. */
const patience = { testTimeout: 30_000, hookTimeout: 30_000 };

export default defineConfig({
  test: {
    // Much of the time goes into waiting for processes and time-outs: on two cores three at a time take well under half as long as one.
    maxWorkers: 3,
    projects: [
      { test: { ...patience, name: 'server', environment: 'node', include: ['{server,shared,scripts,deploy}/**/*.test.ts'] } },
      {
        test: {
          ...patience,
          name: 'client',
          environment: 'jsdom',
          include: ['client/**/*.test.{ts,tsx}'],
          setupFiles: ['client/testing/setup.ts'],
        },
      },
    ],
  },
});
