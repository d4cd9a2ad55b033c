import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from './catalogue.js';

const ENTRY = `
  - name: tiny
    repository: owner/tiny
    revision: main
    tasks: [static]
    sizeMb: 1
    languages: [en]
    licence: MIT
    hashes: first-use
    files: [config.json, vocab.txt?]
    chooseWhen: You test whether the catalogue is read.
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-catalogue-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function load(text: string) {
  const path = join(folder, 'catalogue.yaml');
  await writeFile(path, text);
  return loadCatalogue(path);
}

describe('the shipped catalogue', async () => {
  const models = await loadCatalogue();
  const namesOf = (task: string) =>
    models.filter(({ tasks }) => tasks.some((own) => own === task)).map(({ name }) => name);

  it('has models for each task', () => {
    expect(namesOf('static')).toEqual([
      'potion-base-2M',
      'potion-base-8M',
      'potion-base-32M',
      'potion-multilingual-128M',
    ]);
    expect(namesOf('embedding')).toEqual([
      'all-MiniLM-L6-v2',
      'bge-small-en-v1.5',
      'gte-small',
      'multilingual-e5-small',
      'snowflake-arctic-embed-xs',
    ]);
    expect(namesOf('zero-shot')).toEqual([
      'mobilebert-uncased-mnli',
      'nli-deberta-v3-xsmall',
      'deberta-v3-xsmall-zeroshot',
    ]);
  });

  it.each(models)('fetches of $name what its task needs', ({ tasks, files, pooling, prefixes, repository }) => {
    const needed = files.filter(({ optional }) => !optional).map(({ path }) => path);
    expect(needed).toEqual(expect.arrayContaining(['config.json', 'tokenizer.json']));
    expect(needed).toContain(tasks.includes('static') ? 'model.safetensors' : 'onnx/model.onnx');
    expect([pooling, prefixes].every((value) => (value !== undefined) === tasks.includes('embedding'))).toBe(true);
    expect(models.filter((other) => other.repository === repository)).toHaveLength(1);
  });

  it.each(models)('says of $name in one sentence when to choose it', ({ chooseWhen }) => {
    expect(chooseWhen).toMatch(/^[A-Z][^.]*(?:\.\d[^.]*)*\.$/);
  });

  it('claims no hash that nobody has seen', () => {
    expect(models.filter(({ files }) => files.some(({ sha256 }) => sha256 !== undefined))).toEqual([]);
    expect(new Set(models.map(({ hashes }) => hashes))).toEqual(new Set(['first-use']));
  });
});

describe('a catalogue', () => {
  it('has optional files, and files with a hash', async () => {
    const [model] = await load(
      `models:${ENTRY.replace('vocab.txt?', `vocab.txt?, {path: a, sha256: ${'ab'.repeat(32)}}`)}`,
    );
    expect(model?.files).toEqual([
      { path: 'config.json' },
      { path: 'vocab.txt', optional: true },
      { path: 'a', sha256: 'ab'.repeat(32) },
    ]);
  });

  it.each([
    ['with an unknown field', ENTRY.replace('licence', 'license'), /license/],
    ['with a task that does not exist', ENTRY.replace('static', 'magic'), /tasks/],
    ['with a repository without an owner', ENTRY.replace('owner/tiny', 'tiny'), /owner\/name/],
    ['with a name that is a path', ENTRY.replace('name: tiny', 'name: ../tiny'), /name/],
    ['with a model twice', ENTRY + ENTRY, /tiny stands in it twice/],
    ['that claims hashes which it does not have', ENTRY.replace('first-use', 'listed'), /hashes: listed/],
    ['that is not YAML', ' [', /invalid/],
    ['without models', ' []', /models/],
  ])('%s is refused', async (_, models, message) => {
    await expect(load(`models:${models}`)).rejects.toMatchObject({
      code: 'model.invalid_knowledge',
      message: expect.stringMatching(message),
    });
  });

  it('that is not there is refused', async () => {
    await expect(loadCatalogue(join(folder, 'nothing.yaml'))).rejects.toMatchObject({
      code: 'model.invalid_knowledge',
    });
  });
});
