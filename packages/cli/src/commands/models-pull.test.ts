import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dropAfter, endAfter, FAKE_COMMIT, FakeHub, refuse, stallAfter } from '../../../core/src/testing/fake-hub.js';
import { writeTinyEmbeddingModel } from '../../../core/src/testing/tiny-onnx-models.js';
import { Interruption, type Shell } from '../shell.js';
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

const env = () => ({ NO_COLOR: '1', DOCKET_HOME: join(folder, 'home'), DOCKET_HUB: hub.url });
const models = (...argv: string[]) => runWith({}, ...argv);
const runWith = (changes: Partial<Shell>, ...argv: string[]) =>
  runCommand(['models', ...argv], { env: env(), folder, ...changes });

/** First bytes that were asked for, of the graph. */
const starts = () => hub.seen(/objects.*model\.onnx/).flatMap(({ headers }) => headers.range ?? []);

/** Of the graph, as far as it has arrived. */
async function bytesInParts(): Promise<number> {
  const parts = await readdir(join(folder, 'home'), { recursive: true, withFileTypes: true }).catch(() => []);
  const graph = parts.find(({ name }) => name === 'model.onnx.part');
  return graph === undefined ? 0 : (await stat(join(graph.parentPath, graph.name))).size;
}

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

test('goes on by itself where an answer was cut short', async () => {
  hub.next(/model\.onnx/, endAfter(1000));
  expect(await models('pull', 'owner/model')).toMatchObject({ exitCode: 0 });
  expect(starts()).toEqual(['bytes=1000-']);
  expect(await models('verify', 'model')).toMatchObject({ exitCode: 0 });
});

test('ends at once when it is interrupted, and goes on the next time', async () => {
  hub.next(/model\.onnx/, stallAfter(1000));
  const interruption = new AbortController();
  const run = runWith({ signal: interruption.signal }, 'pull', 'owner/model');
  await expect.poll(bytesInParts).toBe(1000);
  interruption.abort(new Interruption(130));
  expect(await run).toMatchObject({ exitCode: 130, stdout: '' });
  expect((await models('list')).stdout).not.toContain('owner');
  expect(await models('pull', 'owner/model')).toMatchObject({ exitCode: 0 });
  expect(starts()).toEqual(['bytes=1000-']);
});

test('takes another hub, and what the user knows of the model', async () => {
  const flags = ['--pooling', 'cls', '--rule-prefix', 'query: ', '--max-tokens', '64'];
  const elsewhere = { ...env(), DOCKET_HUB: 'http://127.0.0.1:9' };
  const { exitCode, stdout } = await runWith({ env: elsewhere }, 'pull', 'owner/model', '--hub', hub.url, ...flags);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/embedding: .*pooling cls, .*rules behind "query: ", window of 64 tokens/);
});

test('refuses a flag that makes no sense before it asks the hub', async () => {
  const { exitCode, stderr } = await models('pull', 'owner/model', '--max-tokens', '1.5');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--max-tokens 1.5 is not a window');
  expect(hub.requests).toEqual([]);
});

test('names the files that nobody vouches for', async () => {
  hub.isTerse = true;
  const { stdout } = await models('pull', 'owner/model');
  expect(stdout).toMatch(/^compared with nobody's SHA-256: .*config\.json.*onnx\/model\.onnx$/m);
});
