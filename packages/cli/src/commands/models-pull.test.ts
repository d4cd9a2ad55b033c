import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dropAfter, FAKE_COMMIT, FakeHub, refuse } from '../../../core/src/testing/fake-hub.js';
import { writeTinyEmbeddingModel } from '../../../core/src/testing/tiny-onnx-models.js';
import { runCommand } from '../testing/fake-shell.js';

let folder: string;
let hub: FakeHub;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-pull-'));
  const source = join(folder, 'source');
  await writeTinyEmbeddingModel(source, { variants: ['model.onnx'] });
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = paths.map(async (path) => [relative(source, path), await readFile(path)] as const);
  hub = await FakeHub.start(Object.fromEntries(await Promise.all(files)));
});

afterEach(async () => {
  await hub[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const models = (...argv: string[]) =>
  runCommand(['models', ...argv], {
    env: { NO_COLOR: '1', DOCKET_HOME: join(folder, 'home'), DOCKET_HUB: hub.url },
    folder,
  });

test('brings a model, says what its hashes were compared with, and installs it', async () => {
  const { exitCode, stdout, stderr } = await models('pull', 'owner/model');
  expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
  expect(stdout).toContain(`owner/model at ${FAKE_COMMIT}: `);
  expect(stdout).toContain('nothing was known of this commit before');
  expect(stdout).toMatch(/model installed: .*\n {2}embedding: /);
  expect(stderr).toMatch(/file 1 of \d+: /);
  const again = await models('pull', 'owner/model');
  expect(again.stdout).toContain('every SHA-256 is that of the first pull');
  expect(again.stdout).toContain('model was there already, whole');
});

test('installs under another name, which is then used', async () => {
  await models('pull', 'owner/model', '--name', 'mine');
  const { stdout } = await models('show', 'mine');
  expect(stdout).toContain(`owner/model at ${FAKE_COMMIT}`);
});

test('goes on where a broken connection left it', async () => {
  hub.next(/model\.onnx/, dropAfter(1000));
  hub.next(/model\.onnx/, refuse(403));
  const broken = await models('pull', 'owner/model');
  expect(broken.exitCode).not.toBe(0);
  expect(broken.stderr).toContain('model.onnx');
  expect((await models('list')).stdout).not.toContain('embedding');
  const before = hub.requests.length;
  expect(await models('pull', 'owner/model')).toMatchObject({ exitCode: 0 });
  const resumed = hub.requests.slice(before).filter(({ headers }) => headers.range !== undefined);
  expect(resumed.length).toBeGreaterThan(0);
});

test('names what is known for a name that is not', async () => {
  const { exitCode, stderr } = await models('pull', 'no-such-model');
  expect(exitCode).not.toBe(0);
  expect(stderr).toMatch(/all-MiniLM-L6-v2.*owner\/name/);
});
