import { defineConfig } from 'vitest/config';

export default defineConfig({
  ssr: { resolve: { conditions: ['docket-source'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'models/**/*.test.ts', 'bench/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['test/support/temporary-files.ts'],
    testTimeout: 60_000,
  },
});
