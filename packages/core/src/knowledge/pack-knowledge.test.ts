import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compiledKnowledgeFile as compiledFile, packedKnowledgeFile as packedFile } from '@docket/models';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDocument } from '../documents/read-document.js';
import { loadScorers } from '../load-scorers.js';
import { parseRuleSet } from '../rules/rule-set.js';
import type { Score } from '../scoring/scorer.js';
import { fixture } from '../testing/fixtures.js';
import { fixtureRules } from '../testing/test-rules.js';
import type { CompiledKnowledge } from './compiled-knowledge.js';
import { loadKnowledge } from './load-knowledge.js';
import { packKnowledge } from './pack-knowledge.js';

let folder: string;
let compiled: CompiledKnowledge;
let packed: CompiledKnowledge;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-packed-'));
  [compiled, packed] = await Promise.all([
    loadKnowledge({ compiledFile }),
    loadKnowledge({ compiledFile, packedFile }),
  ]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Everything that scorers say of a document. */
async function scoresWith(knowledge: CompiledKnowledge, document: string) {
  const { scorers, linker } = await loadScorers({
    scorer: 'auto',
    knowledge,
    layout: { numbers: {}, shares: {} },
    fusion: {},
  });
  const ruleSet = parseRuleSet(await fixtureRules());
  const record = await readDocument(fixture(`documents/${document}`));
  const prepared = await Promise.all(scorers.map((scorer) => scorer.prepare(ruleSet)));
  const sheets = await Promise.all(prepared.map((scorer) => scorer.score(record)));
  const told = ({ raw, documentType, evidence, layout }: Score) => ({ raw, documentType, evidence, layout });
  const shown = sheets.map(({ rules, background }) => [
    rules.map(told),
    [...background].map(([id, score]) => [id, told(score)]),
  ]);
  return JSON.stringify([
    scorers.map(({ identity }) => identity),
    ruleSet.rules.map((rule) => linker.link(rule)),
    shown,
  ]);
}

describe('packed knowledge', () => {
  it('is the compiled knowledge, and reads the cues when they are asked for', () => {
    const { tables, ...rest } = packed;
    expect(tables).toBeDefined();
    expect(rest).toEqual(compiled);
  });

  it.each(['invoice-1p.pdf', 'invoice-zh.pdf', 'contract-de.docx', 'paper-2col.pdf', 'unknown-crossword.txt'])(
    'scores %s to the last digit as knowledge does whose tables are made on loading',
    async (document) => {
      expect(await scoresWith(packed, document)).toBe(await scoresWith(compiled, document));
    },
  );

  it('is what packing gives now', async () => {
    const file = join(folder, 'again.bin');
    await writeFile(file, await packKnowledge(compiled));
    const again = await loadKnowledge({ compiledFile, packedFile: file });
    expect(again.tables).toEqual(packed.tables);
  });

  it('says what to do when the file is cut off or not there', async () => {
    const file = join(folder, 'cut.bin');
    await writeFile(file, await packKnowledge(compiled));
    await truncate(file, 1_000_000);
    for (const bad of [file, join(folder, 'nothing.bin')]) {
      const loaded = loadKnowledge({ compiledFile, packedFile: bad });
      await expect(loaded).rejects.toMatchObject({ code: 'model.not_installed' });
      await expect(loaded).rejects.toThrow(/run the build/);
    }
  });
});
