import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test, vi } from 'vitest';
import { canListProcesses } from '../support/engine-processes.js';
import { projectFolder } from '../support/project.js';
import { runDocket, runProcess } from '../support/run-docket.js';

const RULES = ['--rules', 'rules.yaml'];

/** Ids of the processes that have a text in the environment that they were started with. */
function processesMarked(mark: string): string[] {
  return readdirSync('/proc').filter((id) => /^\d+$/.test(id) && environmentOf(id).includes(mark));
}

function environmentOf(id: string): string {
  try {
    return readFileSync(`/proc/${id}/environ`, 'latin1');
  } catch {
    return '';
  }
}

test.skipIf(!canListProcesses).for([
  ['wrong usage', ['classify', 'documents/minutes.txt', ...RULES, '--fast'], 2],
  ['a rule file that is not there', ['classify', 'documents/minutes.txt', '--rules', 'no.yaml'], 2],
  ['nothing to classify', ['classify', 'no-such-file.pdf', ...RULES], 1],
  ['another ceiling than most', ['classify', 'documents/minutes.txt', ...RULES], 0],
] as const)('the engine process that starts early is gone after %s', async ([, argv, exitCode]) => {
  const mark = `DOCKET_STARTUP_TEST=${randomUUID()}`;
  const [name = '', value] = mark.split('=');
  const env = { [name]: value, ...(exitCode === 0 ? { DOCKET_WORKERS_MAX_MEMORY_MB: '900' } : {}) };
  expect(await runDocket(argv, { env })).toMatchObject({ exitCode });
  // A killed process may need a moment to disappear.
  await vi.waitFor(() => expect(processesMarked(mark)).toEqual([]), { timeout: 20_000 });
});

test('the bundle of the command answers as the modules do', async () => {
  const built = pathToFileURL(join(projectFolder, 'packages/cli/dist/main.js'));
  expect(existsSync(new URL('bundled/classify.cjs', built))).toBe(true);
  const script = `const { main } = await import('${built}'); await main();`;
  const fromModules = [process.execPath, '--input-type=module', '--eval', script, '--', 'docket'];
  for (const argv of [
    ['classify', 'documents', ...RULES, '--format', 'jsonl', '--explain'],
    ['classify', 'documents/minutes.txt', ...RULES, '--max-pages', '0'],
    ['classify', 'documents/minutes.txt'],
    ['classify', '--help'],
    ['classify'],
  ]) {
    expect(await runDocket(argv)).toEqual(await runProcess([...fromModules, ...argv], {}));
  }
});

test('nothing of PostgreSQL is loaded before an address of one is given', async () => {
  const built = pathToFileURL(join(projectFolder, 'packages/server/dist/index.js'));
  const script = `
    import { createRequire } from 'node:module';
    await import('${built}');
    const loaded = Object.keys(createRequire('${built}').cache);
    const count = (pattern) => loaded.filter((path) => pattern.test(path)).length;
    console.log(JSON.stringify([count(/better-sqlite3/) > 0, count(/node_modules\\/(?:pg|pg-[^/]*|pgpass|luxon)\\//)]));`;
  const { stdout } = await runProcess([process.execPath, '--input-type=module', '--eval', script], {});
  expect(JSON.parse(stdout)).toEqual([true, 0]);
});
