import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { writeTinyEmbeddingModel, writeTinyNliModel } from '../../packages/core/src/testing/tiny-onnx-models.js';
import { canTrace, reachedIn, traced } from '../support/network-trace.js';
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

/** Runs the command on a data folder of ours. Neither CI nor a setting that turns the network off is what keeps us offline. */
function docket(launcher: readonly string[], ...argv: string[]): Promise<FinishedRun> {
  const env = { DOCKET_HOME: join(folder, 'home'), CI: undefined, HF_HUB_OFFLINE: undefined };
  return runProcess([...launcher, process.execPath, docketProgram, ...argv], { env });
}

/** Whether this system lets us have a network of our own, which has nothing in it. */
const canUnshare = spawnSync('unshare', ['-rn', 'true']).status === 0;

const NOTHING = { loopback: [], beyond: [] };

test.skipIf(!canUnshare && !canTrace)(
  'models are imported and used without a network, with the same answers (needs unshare -rn or strace)',
  async () => {
    const logs: string[] = [];
    const offline = (...argv: string[]) => {
      const log = join(folder, `trace-${logs.length}.log`);
      if (canTrace) logs.push(log);
      return docket([...(canUnshare ? ['unshare', '-rn'] : []), ...(canTrace ? traced(log) : [])], ...argv);
    };
    for (const { source, name, scorers } of MODELS) {
      expect(await offline('models', 'import', source, '--name', name)).toMatchObject({ exitCode: 0 });
      for (const scorer of scorers) {
        const flags = ['--rules', 'rules.yaml', '--scorer', scorer, '--model', name, '--format', 'jsonl'];
        const argv = ['classify', 'documents/minutes.txt', ...flags];
        const [without, withNetwork] = await Promise.all([offline(...argv), docket([], ...argv)]);
        expect(withNetwork).toMatchObject({ exitCode: 0, stderr: '' });
        expect(parseLines(withNetwork.stdout)).toHaveLength(1);
        expect(without).toEqual(withNetwork);
      }
    }
    const runs = MODELS.length + MODELS.flatMap(({ scorers }) => scorers).length;
    expect(logs.map(reachedIn)).toEqual(Array(canTrace ? runs : 0).fill(NOTHING));
  },
  120_000,
);

test.skipIf(!canTrace)('the trace would have seen a connection (needs strace)', async () => {
  const script = 'require("node:net").connect(9, "127.0.0.1").on("error", () => {})';
  const log = join(folder, 'seen.log');
  await runProcess([...traced(log), process.execPath, '--eval', script], {});
  expect(reachedIn(log).loopback).toContainEqual(expect.stringContaining('sin_port=htons(9)'));
});
