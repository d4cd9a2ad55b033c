import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS, EnginePool, readRuleFile, toDocketError } from '@docket/core';
import { expect, test } from 'vitest';
import { mutate, mutateInside } from '../support/mutate.js';
import { fixturesFolder, isLong } from '../support/project.js';
import { randomFrom, seed } from '../support/random.js';

const COUNT = isLong ? 3000 : 60;

const ORIGINALS = [
  'invoice-1p.pdf',
  'invoice-zh.pdf',
  'contract-de.docx',
  'slides.pptx',
  'budget.xlsx',
  'email-thread.eml',
  'letter.rtf',
  'recipe.html',
].map((name) => ({ name, bytes: readFileSync(join(fixturesFolder, 'documents', name)) }));

/** The mutant of a number: depends on nothing but the seed and that number. */
function mutantOf(number: number) {
  const { name = '', bytes = Buffer.alloc(0) } = ORIGINALS[number % ORIGINALS.length] ?? {};
  const random = randomFrom(seed + number * 7919);
  // Damage to an archive is found by its checksums; what reads the parts must stand damage too.
  const isInside = /\.(docx|pptx|xlsx)$/.test(name) && random() < 0.7;
  return { name, ...(isInside ? mutateInside(bytes, random) : mutate(bytes, random)) };
}

test(`${COUNT} damaged documents give a result or a typed error (seed ${seed})`, { timeout: 1_200_000 }, async () => {
  const { rules } = await readRuleFile(join(fixturesFolder, 'rules.yaml'));
  await using pool = new EnginePool({
    engine: {},
    limits: { ...DEFAULT_LIMITS, maxMs: 20_000 },
    concurrency: Math.min(2, availableParallelism()),
    maxMemoryMb: 1024,
  });
  const tally: Record<string, number> = {};
  const bugs: string[] = [];
  const classifyMutant = async (number: number) => {
    const { name, bytes, changes } = mutantOf(number);
    try {
      const { result } = await pool.classify({ document: { bytes, name }, rules });
      expect(result.confidence).toBeGreaterThanOrEqual(0);
      count(tally, 'classified');
    } catch (error) {
      const { code, message } = toDocketError(error);
      count(tally, code);
      const isTyped = /^(document|capacity)\./.test(code);
      if (!isTyped) bugs.push(`seed ${seed}, mutant ${number} of ${name} (${changes.join('; ')}): ${code}: ${message}`);
    }
  };
  await Promise.all(Array.from({ length: COUNT }, (_, number) => classifyMutant(number)));
  if (isLong) console.log(`mutations: seed ${seed}, ${COUNT} documents, ${JSON.stringify(tally)}`);
  expect(bugs).toEqual([]);
  expect(Object.values(tally).reduce((sum, one) => sum + one, 0)).toBe(COUNT);
  expect(tally['classified']).toBeGreaterThan(0);
  expect(Object.keys(tally).length).toBeGreaterThan(1);
});

function count(tally: Record<string, number>, key: string): void {
  tally[key] = (tally[key] ?? 0) + 1;
}
