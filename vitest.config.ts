import { defineConfig } from 'vitest/config';

const everywhere = ['packages/*/src/**/*.test.ts', 'models/**/*.test.ts', 'bench/**/*.test.ts', 'test/**/*.test.ts'];
const outside = ['**/node_modules/**', '**/dist/**'];

/** Suites that stop, starve or kill what runs: they want the machine to themselves, and come last. */
const alone = [
  'packages/core/src/workers/*isolation*.test.ts',
  'packages/server/src/files/upload-memory.test.ts',
  'bench/soak/soak.test.ts',
  'test/hostile/{generated-files,hostile-files,mutations}.test.ts',
  'test/long/*.test.ts',
  'test/server/{abuse,backlog,clock-jumps,crash,full-disk,locked-database,read-only,shutdown,worker-kills}.test.ts',
];

export default defineConfig({
  ssr: { resolve: { conditions: ['docket-source'] } },
  test: {
    globalSetup: ['test/support/temporary-files.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'beside',
          include: everywhere,
          exclude: [...outside, ...alone],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: alone, exclude: outside, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
