import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compiledKnowledgeFile as compiledFile } from '@docket/models';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadKnowledge } from './load-knowledge.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-own-'));
  await mkdir(join(folder, 'languages'));
  const type = (id: string, name: string) =>
    `id: ${id}\nname: ${name}\ndescription: A type of my own making\nstrong: [grommet count]\n`;
  await writeFile(join(folder, 'grommet_report.yaml'), type('grommet_report', 'grommet report'));
  await writeFile(join(folder, 'invoice.yaml'), type('invoice', 'my invoice'));
  await writeFile(join(folder, 'languages', 'de.yaml'), 'grommet_report: { aliases: [Tüllenbericht] }');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('loadKnowledge', () => {
  it('loads what the build made', async () => {
    const knowledge = await loadKnowledge({ compiledFile });
    expect(knowledge.types.length).toBeGreaterThanOrEqual(150);
    expect(knowledge.languages).toContain('zh');
  });

  it('adds a folder of types; those of a known id take the place of the built-in ones', async () => {
    const [builtIn, both] = await Promise.all([
      loadKnowledge({ compiledFile }),
      loadKnowledge({ compiledFile, folder }),
    ]);
    expect(both.types).toHaveLength(builtIn.types.length + 1);
    expect(both.types.find((type) => type.id === 'invoice')?.name).toBe('my invoice');
    expect(both.types.find((type) => type.id === 'grommet_report')?.foreignNames).toEqual(['Tüllenbericht']);
    expect(both.types.find((type) => type.id === 'receipt')).toMatchObject({ id: 'receipt' });
    expect(both.identity).not.toBe(builtIn.identity);
  });

  it('keeps what it knows of the languages when a folder adds to one of them', async () => {
    const [builtIn, both] = await Promise.all([
      loadKnowledge({ compiledFile }),
      loadKnowledge({ compiledFile, folder }),
    ]);
    const german = (knowledge: typeof both) => knowledge.types.find((type) => type.id === 'receipt')?.foreignNames;
    expect(german(both)).toEqual(german(builtIn));
  });

  it('knows no types at all when told so, but how common words are', async () => {
    const none = await loadKnowledge({ compiledFile, folder: 'none' });
    expect(none.types).toEqual([]);
    expect(none.sampleCount).toBeGreaterThan(0);
  });

  it('says what to do when the build has not run', async () => {
    const loaded = loadKnowledge({ compiledFile: join(folder, 'nothing.json') });
    await expect(loaded).rejects.toMatchObject({ code: 'model.not_installed' });
    await expect(loaded).rejects.toThrow(/build/);
  });
});
