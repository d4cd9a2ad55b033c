// `npm test`: sets up, lints, type-checks and runs every test; `--long` runs the long tests too.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { binary, setUp } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const isLong = process.argv.includes('--long');

setUp();
await checkAll([
  [binary('biome'), 'check', '--error-on-warnings', '.'],
  [process.execPath, join(root, '.scripts', 'generate-docs.mjs'), '--check'],
  ...['test', 'bench', 'packages/console'].map((folder) => [binary('tsc'), '--noEmit', '-p', folder]),
]);

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

/** Runs commands at the same time, shows what they say in their order, and ends this program when any of them fails. */
async function checkAll(commands) {
  const endings = await Promise.all(commands.map(check));
  for (const { output } of endings) process.stdout.write(output);
  const failed = endings.find(({ status }) => status !== 0);
  if (failed) process.exit(failed.status);
}

/** What a command says, and its status; 1 where it cannot be run or is killed. */
function check([command, ...commandArguments]) {
  const env = process.stdout.isTTY ? { FORCE_COLOR: '1', ...process.env } : process.env;
  const child = spawn(command, commandArguments, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env });
  const parts = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => parts.push(part));
  return new Promise((resolve) => {
    child.on('error', ({ message }) => resolve({ output: `${command} cannot be run: ${message}\n`, status: 1 }));
    child.on('close', (status) => resolve({ output: Buffer.concat(parts), status: status ?? 1 }));
  });
}
