import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { writeTinyEmbeddingModel, writeTinyNliModel } from '../../packages/core/src/testing/tiny-onnx-models.js';
import { parseLines } from '../support/outcome.js';
import { docketProgram, projectFolder } from '../support/project.js';
import { type FinishedRun, runProcess } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder({});
const potion = join(projectFolder, '..', 'shared', 'models', 'potion-base-2M');
const hasPotion = existsSync(potion);

/** A model to import, and the scorers that it is for. */
const MODELS = [
  { source: join(projectFolder, 'models', 'static-en'), name: 'own-static', scorers: ['static'] },
  { source: join(folder, 'tiny-encoder'), name: 'tiny-encoder', scorers: ['embedding', 'auto'] },
  { source: join(folder, 'tiny-nli'), name: 'tiny-nli', scorers: ['zero-shot'] },
  ...(hasPotion ? [{ source: potion, name: 'potion-base-2M', scorers: ['embedding'] }] : []),
];

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  await writeTinyEmbeddingModel(join(folder, 'tiny-encoder'));
  await writeTinyNliModel(join(folder, 'tiny-nli'));
});

/** Imports every model into an empty data folder and classifies with each of its scorers. */
async function useAll(home: string, launcher: () => readonly string[] = () => []): Promise<FinishedRun[]> {
  // Neither CI nor a setting that turns the network off may be what keeps us offline.
  const env = { DOCKET_HOME: join(folder, home), CI: undefined, HF_HUB_OFFLINE: undefined };
  const run = (...argv: string[]) => runProcess([...launcher(), process.execPath, docketProgram, ...argv], { env });
  const finished: FinishedRun[] = [];
  for (const { source, name, scorers } of MODELS) {
    const imported = await run('models', 'import', source, '--name', name);
    expect(imported).toMatchObject({ exitCode: 0 });
    for (const scorer of scorers) {
      const flags = ['--rules', 'rules.yaml', '--scorer', scorer, '--model', name, '--format', 'jsonl'];
      finished.push(await run('classify', 'documents/minutes.txt', ...flags));
    }
  }
  return finished;
}

/** Whether this system lets us have a network of our own, which has nothing in it; and trace system calls. */
const canUnshare = spawnSync('unshare', ['-rn', 'true']).status === 0;
const canTrace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;

const trace = (name: string) => ['strace', '-f', '-qq', '-e', 'trace=connect,sendto,sendmsg', '-o', join(folder, name)];

/** Calls that name an address of the Internet; those of a process with its own children have none. */
function attempts(name: string): string[] {
  const lines = readFileSync(join(folder, name), 'utf8').split('\n');
  return lines.filter((line) => line.includes('AF_INET'));
}

test.skipIf(!canUnshare && !canTrace)(
  'models are imported and used without a network, with the same answers (needs unshare -rn or strace)',
  async () => {
    const online = await useAll('online');
    for (const run of online) {
      expect(run).toMatchObject({ exitCode: 0, stderr: '' });
      expect(parseLines(run.stdout)).toHaveLength(1);
    }
    let count = 0;
    const launcher = () => [
      ...(canUnshare ? ['unshare', '-rn'] : []),
      ...(canTrace ? trace(`trace-${++count}.log`) : []),
    ];
    expect(await useAll('offline', launcher)).toEqual(online);
    expect(count).toBe(canTrace ? online.length + MODELS.length : 0);
    for (let index = 1; index <= count; index++) expect(attempts(`trace-${index}.log`)).toEqual([]);
  },
  120_000,
);

test.skipIf(!canTrace)('the trace would have seen a connection (needs strace)', async () => {
  const script = 'require("node:net").connect(9, "127.0.0.1").on("error", () => {})';
  await runProcess([...trace('seen.log'), process.execPath, '--eval', script], {});
  expect(attempts('seen.log')).toContainEqual(expect.stringContaining('sin_port=htons(9)'));
});
