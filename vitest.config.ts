import { defineConfig } from 'vitest/config';

const units = ['packages/*/src/**/*.test.ts', 'models/**/*.test.ts', 'bench/**/*.test.ts'];
const outside = ['**/node_modules/**', '**/dist/**'];

/** Suites that look at what processes are left, or measure times of stopping: they want the machine to themselves, and come last. */
const alone = [
  'packages/core/src/workers/*isolation*.test.ts',
  'test/hostile/{generated-files,hostile-files}.test.ts',
  'test/server/shutdown.test.ts',
];

/** Suites that stop, starve or kill what runs: two of them at once, and nothing else beside. */
const rough = [
  'bench/soak/soak.test.ts',
  'test/hostile/mutations.test.ts',
  'test/long/*.test.ts',
  'test/server/{abuse,backlog,clock-jumps,crash,full-disk,locked-database,read-only,worker-kills}.test.ts',
];

/** Unit tests that mock modules, look at child processes or memory, or change what belongs to their whole process. */
const apart = [
  'packages/core/src/errors.test.ts',
  'packages/core/src/documents/{images/image-reader,ooxml/zip-parts,pdf/bounded-inflate}.test.ts',
  'packages/core/src/documents/ocr/tesseract-*.test.ts',
  'packages/core/src/models/import-killed.test.ts',
  'packages/core/src/scoring/transformers/*.test.ts',
  'packages/core/src/workers/*.test.ts',
  'packages/server/src/http/authentication.test.ts',
  'packages/store/src/files/read-only-disk.test.ts',
  'packages/store/src/sqlite/{log-checkpointer,shared-writes}.test.ts',
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
          // A process for each of these files would load the packages as often as there are files.
          name: 'units',
          include: units,
          exclude: [...outside, ...alone, ...rough, ...apart],
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'beside',
          include: ['test/**/*.test.ts', ...apart],
          exclude: [...outside, ...alone, ...rough],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'rough', include: rough, exclude: outside, maxWorkers: 2, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: { name: 'alone', include: alone, exclude: outside, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
