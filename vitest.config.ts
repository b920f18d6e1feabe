import { defineConfig } from 'vitest/config';

/** For what hangs. A busy machine may take long for what is right. */
const patience = { testTimeout: 30_000, hookTimeout: 30_000 };

export default defineConfig({
  test: {
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
