import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  DEFAULT_LIMITS,
  DOCUMENT_FORMATS,
  type DocumentFormat,
  EnginePool,
  type Rule,
  readRuleFile,
  toDocketError,
} from '@docket/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mutate, mutateInside } from '../support/mutate.js';
import { fixturesFolder, isLong } from '../support/project.js';
import { pick, randomFrom, seed } from '../support/random.js';

/** Damaged documents of each format. */
const COUNT = isLong ? 2000 : 100;

/** Far more than any of them needs: who takes so long is stuck. */
const TIMEOUT_MS = 20_000;

/** Pictures have a test of their own, `pictures.test.ts`. */
type PictureFormat = 'png' | 'jpeg' | 'tiff' | 'webp' | 'gif' | 'bmp';
type TextFormat = Exclude<DocumentFormat, PictureFormat>;

/** Small documents of each format, as different as their readers' ways. */
const ORIGINALS: Readonly<Record<TextFormat, readonly string[]>> = {
  pdf: ['invoice-1p.pdf', 'invoice-zh.pdf', 'encrypted-letter.pdf', 'scanned-receipt.pdf'],
  docx: ['contract-de.docx', 'resume.docx'],
  pptx: ['slides.pptx'],
  xlsx: ['budget.xlsx'],
  html: ['recipe.html'],
  txt: ['minutes.txt', 'invoice-de.txt'],
  md: ['release-notes.md'],
  csv: ['orders.csv'],
  json: ['event.json'],
  eml: ['email-thread.eml'],
  rtf: ['letter.rtf'],
};

/** The mutant of a number: depends on nothing but the seed, the format and that number. */
function mutantOf(format: TextFormat, number: number) {
  const random = randomFrom(seed + DOCUMENT_FORMATS.indexOf(format) * 104_729 + number * 7919);
  const name = pick(ORIGINALS[format], random);
  const bytes = readFileSync(join(fixturesFolder, 'documents', name));
  // Damage to an archive is found by its checksums; what reads the parts must stand damage too.
  const isInside = /\.(docx|pptx|xlsx)$/.test(name) && random() < 0.7;
  return { name, ...(isInside ? mutateInside(bytes, random) : mutate(bytes, random)) };
}

describe(`damaged documents give a result or a typed error (seed ${seed})`, () => {
  let pool: EnginePool;
  let rules: readonly Rule[];

  beforeAll(async () => {
    rules = (await readRuleFile(join(fixturesFolder, 'rules.yaml'))).rules;
    pool = new EnginePool({
      engine: {},
      limits: { ...DEFAULT_LIMITS, openMs: TIMEOUT_MS, maxMs: TIMEOUT_MS },
      concurrency: Math.min(2, availableParallelism()),
      maxMemoryMb: 1024,
    });
  });
  afterAll(() => pool?.close());

  test.each(Object.keys(ORIGINALS) as TextFormat[])(`${COUNT} of %s`, { timeout: 1_800_000 }, async (format) => {
    const tally: Record<string, number> = {};
    const bugs: string[] = [];
    const classifyMutant = async (number: number) => {
      const { name, bytes, changes } = mutantOf(format, number);
      // A page takes OCR a second: a few of what it may be given are enough.
      const ocr = number % 25 === 0 ? 'auto' : 'off';
      const outcome = await outcomeOf(pool, { document: { bytes, name }, rules, ocr });
      tally[outcome.code] = (tally[outcome.code] ?? 0) + 1;
      if (outcome.isBug)
        bugs.push(`seed ${seed}, ${format} mutant ${number} of ${name} (${changes.join('; ')}): ${outcome.message}`);
    };
    await Promise.all(Array.from({ length: COUNT }, (_, number) => classifyMutant(number)));
    if (isLong) console.log(`mutations: seed ${seed}, ${COUNT} of ${format}, ${JSON.stringify(tally)}`);
    expect(bugs).toEqual([]);
    expect(Object.values(tally).reduce((sum, one) => sum + one, 0)).toBe(COUNT);
    expect(tally['classified']).toBeGreaterThan(0);
  });
});

/** Small documents never need much time or memory: one that does has found a reader's weak place, typed error or not. */
const RESOURCE_BUGS = ['document.timed_out', 'capacity.out_of_memory'];

async function outcomeOf(pool: EnginePool, request: Parameters<EnginePool['classify']>[0]) {
  try {
    const { confidence } = (await pool.classify(request)).result;
    return { code: 'classified', isBug: !(confidence >= 0 && confidence <= 1), message: `confidence ${confidence}` };
  } catch (error) {
    const { code, message } = toDocketError(error);
    const isTyped = /^(document|capacity)\./.test(code) && !RESOURCE_BUGS.includes(code);
    return { code, isBug: !isTyped, message: `${code}: ${message}` };
  }
}
