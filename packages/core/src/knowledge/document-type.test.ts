import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { doctypesFolder } from '@docket/models';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { documentTypeSchema, languageFileSchema } from './document-type.js';

const yamlFiles = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const TYPES = yamlFiles(doctypesFolder);
const LANGUAGES = yamlFiles(join(doctypesFolder, 'languages'));
const ids = new Set(TYPES.map((name) => basename(name, '.yaml')));
const load = async (...path: string[]): Promise<unknown> =>
  parse(await readFile(join(doctypesFolder, ...path), 'utf8'));

describe('the document types that Docket knows', () => {
  it('are at least 150', () => {
    expect(TYPES.length).toBeGreaterThanOrEqual(150);
  });

  it.each(TYPES)('%s is valid', async (name) => {
    const { id, strong, weak, negative, layout } = documentTypeSchema.parse(await load(name));
    expect(id).toBe(basename(name, '.yaml'));
    const cues = strong.length + weak.length + negative.length + layout.length;
    expect(cues).toBeGreaterThanOrEqual(20);
    expect(cues).toBeLessThanOrEqual(90);
  });

  it('each have a sample', () => {
    const samples = readdirSync(join(doctypesFolder, 'samples')).map((name) => basename(name, '.txt'));
    expect(new Set(samples)).toEqual(ids);
  });

  it.each(LANGUAGES)('languages/%s speaks of types that exist', async (name) => {
    const types = Object.keys(languageFileSchema.parse(await load('languages', name)));
    expect(types.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('have cues in the languages that users were promised', async () => {
    const most = { de: 40, fr: 40, es: 40, it: 40, nl: 40, pt: 40, zh: 20, ja: 20 };
    for (const [code, count] of Object.entries(most)) {
      const types = languageFileSchema.parse(await load('languages', `${code}.yaml`));
      expect(Object.keys(types).length, code).toBeGreaterThanOrEqual(count);
    }
  });
});

describe('documentTypeSchema', () => {
  const valid = { id: 'invoice', name: 'invoice', description: 'A demand for payment', strong: ['bill to'] };

  it('fills in what is left out', () => {
    expect(documentTypeSchema.parse(valid)).toMatchObject({ aliases: [], weak: [], negative: [], layout: [] });
  });

  it.each([
    { ...valid, id: 'Invoice No' },
    { ...valid, strong: [] },
    { ...valid, strong: [' '] },
    { ...valid, extra: 1 },
    { ...valid, layout: [{ feature: 'format', in: ['exe'], weight: 'weak' }] },
    { ...valid, layout: [{ feature: 'pages', min: 1, weight: 'huge' }] },
  ])('refuses %j', (type) => {
    expect(documentTypeSchema.safeParse(type).success).toBe(false);
  });
});
