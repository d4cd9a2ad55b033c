import { stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DocketError } from '../errors.js';
import { dropAfter, FAKE_COMMIT, type FakeHub, refuse, send, sha256, stallAfter } from '../testing/fake-hub.js';
import { FILES, GRAPH, PullBench, RETRIES } from '../testing/pull-bench.js';
import { importModel } from './import/import-model.js';
import type { ImportedModel } from './import/import-options.js';
import { type PullOptions, pullModel } from './pull-model.js';
import { staticFiles } from './testing/made-models.js';

let bench: PullBench;
let hub: FakeHub;

beforeEach(async () => {
  bench = await PullBench.start();
  hub = bench.hub;
});
afterEach(() => bench[Symbol.asyncDispose]());

const pull = (options: Partial<PullOptions<string>> = {}) => bench.pull(options);

async function failure(options: Partial<PullOptions<string>> = {}): Promise<DocketError> {
  const { thrown, installed } = await bench.failure(options);
  expect(installed).toBe(false);
  expect(thrown).toBeInstanceOf(DocketError);
  return thrown as DocketError;
}

describe('a model of the catalogue', () => {
  it('is brought, checked and handed on, and nothing is left behind', async () => {
    expect(await pull()).toEqual({
      name: 'tiny',
      repository: 'owner/model',
      revision: FAKE_COMMIT,
      firstUse: true,
      installed: 'installed tiny',
      files: [
        { path: 'config.json', bytes: 21, sha256: sha256(Buffer.from(FILES['config.json'])), checkedAgainst: [] },
        { path: 'tokenizer.json', bytes: 12, sha256: sha256(Buffer.from(FILES['tokenizer.json'])), checkedAgainst: [] },
        { path: 'onnx/model.onnx', bytes: GRAPH.length, sha256: sha256(GRAPH), checkedAgainst: ['hub'] },
      ],
    });
    const { details, files } = bench.installed[0] ?? {};
    expect(details).toEqual({
      name: 'tiny',
      origin: { kind: 'hub', repository: 'owner/model', revision: FAKE_COMMIT },
      licence: 'MIT',
      languages: ['en'],
      embedding: { pooling: 'mean', prefixes: { rule: '', passage: '' } },
    });
    expect(Object.keys(files ?? {}).sort()).toEqual(['config.json', 'onnx/model.onnx', 'tokenizer.json']);
    expect(files?.['onnx/model.onnx']?.equals(GRAPH)).toBe(true);
    expect(await bench.downloads()).toEqual([]);
  });

  it('is found by the name of its repository too', async () => {
    expect((await pull({ name: 'owner/model' })).name).toBe('tiny');
  });

  it('tells how far it is', async () => {
    const steps: string[] = [];
    await pull({
      onProgress: ({ file, receivedBytes, totalBytes, filesDone, files }) =>
        steps.push(`${file} ${receivedBytes}/${totalBytes} ${filesDone}/${files}`),
    });
    expect(steps[0]).toBe('config.json 0/21 0/3');
    expect(steps.at(-1)).toBe('onnx/model.onnx 300000/300000 2/3');
  });

  it.each(['nothing', '../model', 'a/b/c', 'owner/', 'https://host/owner/model'])('is not %s', async (name) => {
    expect(await failure({ name })).toMatchObject({ code: 'request.invalid_input' });
    expect(hub.requests).toEqual([]);
  });
});

describe('any other repository', () => {
  const anyOf = (options: Partial<PullOptions<string>> = {}) =>
    pull({ name: 'owner/model', catalogue: [], ...options });

  it('gives its description and its best graph', async () => {
    hub.list = { cardData: { license: 'apache-2.0', language: ['en', 'de', 'multilingual'] } };
    await anyOf();
    expect(Object.keys(bench.installed[0]?.files ?? {}).sort()).toEqual([
      'config.json',
      'onnx/model.onnx',
      'tokenizer.json',
    ]);
    expect(bench.installed[0]?.details).toMatchObject({
      name: 'model',
      licence: 'apache-2.0',
      languages: ['en', 'de'],
    });
  });

  it('gives its vectors when it is a Model2Vec model', async () => {
    hub.files.set('config.json', Buffer.from('{"model_type":"model2vec"}'));
    hub.files.set('model.safetensors', Buffer.from('vectors'));
    await anyOf();
    expect(Object.keys(bench.installed[0]?.files ?? {}).sort()).toEqual([
      'config.json',
      'model.safetensors',
      'tokenizer.json',
    ]);
  });

  it('is refused when it holds nothing that Docket can run', async () => {
    for (const path of ['onnx/model.onnx', 'onnx/model_quantized.onnx']) hub.files.delete(path);
    hub.files.set('model.safetensors', GRAPH);
    expect(await failure({ name: 'owner/model', catalogue: [] })).toMatchObject({ code: 'model.incompatible' });
    expect(hub.sentBytes(/safetensors/)).toBe(0);
  });

  it('is refused when a file that every model needs is missing', async () => {
    hub.files.delete('tokenizer.json');
    const error = await failure({ name: 'owner/model', catalogue: [] });
    expect(error).toMatchObject({ code: 'resource.not_found', data: { path: 'tokenizer.json' } });
  });

  it.each(['../../evil.json', '/etc/evil', 'a\\..\\evil', 'a//b', 'C:evil'])(
    'is refused when it lists %s',
    async (path) => {
      hub.files.set(path, Buffer.from('x'));
      expect(await failure({ name: 'owner/model', catalogue: [] })).toMatchObject({
        data: { reason: 'unsafe_path', path },
      });
    },
  );
});

describe('a pull that was interrupted', () => {
  it('by a signal goes on where it stopped', async () => {
    const stop = new AbortController();
    hub.next(/objects/, stallAfter(100_000));
    const reason = new Error('interrupted');
    const onProgress = ({ receivedBytes }: { receivedBytes: number }) => {
      if (receivedBytes >= 100_000) stop.abort(reason);
    };
    await expect(pull({ signal: stop.signal, onProgress })).rejects.toBe(reason);
    const part = join(bench.folder, '.downloads', `owner--model@${FAKE_COMMIT}`, 'parts', 'onnx', 'model.onnx.part');
    expect((await stat(part)).size).toBe(100_000);
    expect(hub.seen(/config\.json/)).toHaveLength(1);
    await pull();
    expect(hub.seen(/config\.json/)).toHaveLength(1);
    expect(hub.sentBytes(/objects/)).toBe(GRAPH.length);
    expect(bench.installed[0]?.files['onnx/model.onnx']?.equals(GRAPH)).toBe(true);
  });

  it('while it waits for another try ends at once', async () => {
    const stop = new AbortController();
    hub.next(/api/, refuse(503));
    const reason = new Error('interrupted');
    const pulled = pull({ signal: stop.signal, retries: { ...RETRIES, pauseMs: 60_000 } });
    const ended = expect(pulled).rejects.toBe(reason);
    await expect.poll(() => hub.seen(/api/)).toHaveLength(1);
    stop.abort(reason);
    await ended;
  });

  it('by a failing installation needs no byte again', async () => {
    await expect(pull({ install: () => Promise.reject(new Error('no room')) })).rejects.toThrow('no room');
    await pull();
    expect(hub.sentBytes(/objects/)).toBe(GRAPH.length);
  });

  it('because the model cannot be used keeps nothing of it', async () => {
    const unusable = new DocketError('model.incompatible', 'no task of Docket fits');
    await expect(pull({ install: () => Promise.reject(unusable) })).rejects.toBe(unusable);
    expect(await bench.downloads()).toEqual([]);
  });
});

describe('two pulls at once', () => {
  it('do not write into the same parts', async () => {
    hub.next(/objects/, stallAfter(10));
    const stop = new AbortController();
    const first = pull({ signal: stop.signal }).catch(() => 'stopped');
    await expect.poll(() => hub.seen(/objects/).length).toBe(1);
    expect(await failure()).toMatchObject({ code: 'state.data_folder_in_use' });
    stop.abort();
    expect(await first).toBe('stopped');
    await pull();
  });

  it('are no matter when the other was killed', async () => {
    hub.next(/objects/, dropAfter(10), 3);
    await failure();
    await writeFile(join(bench.folder, '.downloads', 'lock'), `${hostname()} 999999999`);
    await pull();
  });
});

describe('a hub that lies', () => {
  it('about the hash of a large file is found out', async () => {
    hub.announcedHash = 'ab'.repeat(32);
    const error = await failure();
    expect(error).toMatchObject({ code: 'model.checksum_mismatch', data: { source: 'hub', path: 'onnx/model.onnx' } });
    expect(await bench.downloads()).not.toContainEqual(expect.stringMatching(/model\.onnx/));
  });

  it('about the commit is found out', async () => {
    hub.list = { sha: 'dead'.padEnd(40, '2') };
    expect(await failure({ revision: FAKE_COMMIT })).toMatchObject({ code: 'model.checksum_mismatch' });
  });

  it('about being a hub is found out', async () => {
    hub.next(/api/, send('{"message":"hello"}'));
    expect(await failure()).toMatchObject({ data: { reason: 'invalid_answer' } });
  });
});

describe('the registry', () => {
  const install: PullOptions<ImportedModel>['install'] = (from, details) => importModel(bench.folder, from, details);
  const pullAndImport = () =>
    pullModel({ name: 'owner/model', hub: hub.url, folder: bench.folder, install, environment: {}, catalogue: [] });

  it('takes over what was pulled', async () => {
    hub.list = { cardData: { license: 'mit' } };
    for (const [path, content] of Object.entries(staticFiles())) {
      hub.files.set(path, Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content)));
    }
    const { installed } = await pullAndImport();
    expect(installed.manifest).toMatchObject({
      name: 'model',
      tasks: ['static'],
      licence: 'mit',
      origin: { kind: 'hub', repository: 'owner/model', revision: FAKE_COMMIT },
    });
    expect((await stat(join(bench.folder, 'model', 'model.safetensors'))).isFile()).toBe(true);
    expect(await bench.downloads()).toEqual([]);
  });

  it('refuses what is no model, and nothing of it is kept', async () => {
    await expect(pullAndImport()).rejects.toMatchObject({ code: 'model.incompatible' });
    expect(await bench.downloads()).toEqual([]);
  });
});
