// `npm test`: sets up, lints, type-checks and runs every test; `--long` runs the long tests too.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { binary, run, setUp } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const isLong = process.argv.includes('--long');

setUp();
run(binary('biome'), ['check', '--error-on-warnings', '.']);
run(process.execPath, [join(root, '.scripts', 'generate-docs.mjs'), '--check']);
for (const folder of ['test', 'bench', 'packages/console']) run(binary('tsc'), ['--noEmit', '-p', folder]);

const folder = mkdtempSync(join(tmpdir(), 'docket-test-'));
const report = join(folder, 'report.json');
const { status } = spawnSync(
  binary('vitest'),
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  { cwd: root, stdio: 'inherit', env: { ...process.env, ...(isLong ? { DOCKET_TEST_LONG: '1' } : {}) } },
);
if (existsSync(report)) {
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  // A file whose preparation failed has no failed test, and an error that nobody caught belongs to none.
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  );
  const failed = Math.max(numFailedTests + brokenFiles.length, status === 0 ? 0 : 1);
  console.log(`\n${numPassedTests} passed, ${failed} failed, ${numPendingTests} skipped`);
}
rmSync(folder, { recursive: true });
process.exitCode = status ?? 1;
