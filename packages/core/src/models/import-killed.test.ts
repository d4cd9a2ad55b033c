import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { ModelRegistry } from './model-registry.js';
import { encoderFiles, madeOnnx, temporaryFolder, writeFiles } from './testing/made-models.js';

const KILLS = process.env['DOCKET_TEST_LONG'] ? 200 : 10;
const PROGRAM = fileURLToPath(new URL('./testing/import-process.ts', import.meta.url));

let registry: ModelRegistry;
let sources: string[];

beforeEach(async () => {
  const folder = await temporaryFolder();
  registry = new ModelRegistry({ folder: join(folder, 'models') });
  sources = ['one', 'other'].map((name) => join(folder, name));
  for (const [index, source] of sources.entries()) {
    const graph = madeOnnx({ weightBytes: 4_000_000 + index });
    const settings = Array.from({ length: 40 }, (_, number) => [`settings/${number}.json`, { index, number }]);
    await writeFiles(source, encoderFiles({ 'onnx/model.onnx': graph, ...Object.fromEntries(settings) }));
  }
});

describe('an import that is killed', () => {
  it('leaves no model or a whole one, and the next import sweeps up', { timeout: 600_000 }, async () => {
    const states = new Set<string>();
    for (let kill = 0; kill < KILLS; kill++) {
      await killImport(Math.random() * 300);
      const { models, broken } = await registry.list();
      expect(broken).toEqual([]);
      for (const { name } of models) await registry.verify(name);
      const leftovers = (await readdir(registry.folder).catch(() => [])).filter((name) => name.startsWith('.'));
      states.add(leftovers.length > 0 ? 'killed in the middle' : 'killed between imports');
    }
    expect(states).toContain('killed in the middle');
    await registry.import(sources[0] ?? '', { name: 'made', replace: true });
    expect(await readdir(registry.folder)).toEqual(['made']);
    await registry.verify('made');
  });
});

/** Kills a process that imports one model over the other, some time after it began. */
async function killImport(afterMs: number): Promise<void> {
  const child = fork(PROGRAM, [registry.folder, ...sources], {
    execArgv: ['--conditions=docket-source', '--import=tsx'],
    stdio: 'inherit',
  });
  const ended = once(child, 'exit');
  await Promise.race([once(child, 'message'), ended]);
  await delay(afterMs);
  expect(child.kill('SIGKILL')).toBe(true);
  await ended;
}
