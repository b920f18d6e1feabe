import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'server', environment: 'node', include: ['{server,shared,scripts,deploy}/**/*.test.ts'] } },
      {
        test: {
          name: 'client',
          environment: 'jsdom',
          include: ['client/**/*.test.{ts,tsx}'],
          setupFiles: ['client/testing/setup.ts'],
        },
      },
    ],
  },
});
