import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { doctypesFolder } from '@docket/models';
import { describe, expect, it } from 'vitest';
import { readKnowledgeFolder } from '../../knowledge/compile-knowledge.js';
import { WordEncoder } from '../../testing/word-encoder.js';
import { BUILT_IN_DEVIATION, loadBuiltInStatic } from '../static/built-in.js';
import { centredCosine, formatBackground, measureBackground, readBackground } from './background.js';
import { ruleText } from './rule-text.js';

const vector = (...values: number[]) => Float32Array.from(values);
const encoder = new WordEncoder(['page', 'invoice', 'letter', 'total']);
const texts = { passages: ['page page invoice', 'page letter', 'page total'], rules: ['invoice', 'letter total'] };

describe('centredCosine', () => {
  const background = { document: vector(1, 0, 0), rule: vector(0, 0, 0) };

  it('leaves out what all documents share', () => {
    const rule = vector(0, 1, 0);
    const document = vector(Math.SQRT1_2, Math.SQRT1_2, 0);
    expect(centredCosine(rule, document, { document: vector(0, 0, 0), rule: vector(0, 0, 0) })).toBeCloseTo(
      Math.SQRT1_2,
    );
    expect(centredCosine(rule, document, background)).toBeCloseTo(1);
  });

  it('takes no more of it away than the text shows', () => {
    const document = vector(0, 1, 0);
    expect(centredCosine(vector(0.6, 0.8, 0), document, background)).toBeCloseTo(0.8);
  });

  it('is 0 for a text without anything known', () => {
    expect(centredCosine(vector(0, 1, 0), vector(0, 0, 0), background)).toBe(0);
    expect(centredCosine(vector(0, 0, 0), vector(0, 1, 0), background)).toBe(0);
  });
});

describe('measureBackground', () => {
  it('is the mean of texts and of descriptions, and how far cosines spread around it', async () => {
    const { document, rule, deviation } = await measureBackground(encoder, texts);
    expect(document[0]).toBeGreaterThan(0.7);
    expect([...rule].map((value) => Number(value.toFixed(3)))).toEqual([0, 0.5, 0.354, 0.354]);
    expect(deviation).toBeGreaterThan(0);
  });

  it('is read as it was written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'docket-background-'));
    const file = join(folder, 'background.static.json');
    const measured = await measureBackground(encoder, texts);
    await writeFile(file, formatBackground(measured));
    const { deviation, document } = await readBackground(file, encoder);
    expect(deviation).toBe(measured.deviation);
    expect(document[0]).toBeCloseTo(measured.document[0] as number, 5);
  });

  it('gives the deviation that the scores of other models are brought to', async () => {
    const builtIn = await loadBuiltInStatic();
    const { types, samples } = await readKnowledgeFolder(doctypesFolder);
    const passages = await builtIn.encoder.embed(
      [...samples.values()].map((text) => text.slice(0, 1000)),
      'passage',
    );
    const rules = await builtIn.encoder.embed(
      types.map(({ name, description }) => ruleText({ type: name, description })),
      'rule',
    );
    const cosines = rules.flatMap((rule) => passages.map((one) => centredCosine(rule, one, builtIn.background)));
    const mean = cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
    const square = cosines.reduce((sum, value) => sum + (value - mean) ** 2, 0) / cosines.length;
    expect(Math.abs(Math.sqrt(square) - BUILT_IN_DEVIATION)).toBeLessThan(0.01);
  });
});

describe('readBackground', () => {
  it.each([
    ['not JSON', 'not json at all'],
    ['another number of dimensions', '{"document_mean":[1],"rule_mean":[1],"deviation":1}'],
    ['no deviation', '{"document_mean":[1,0,0,0],"rule_mean":[0,1,0,0]}'],
  ])('names the file and the command: %s', async (_, content) => {
    const file = join(await mkdtemp(join(tmpdir(), 'docket-background-')), 'background.static.json');
    await writeFile(file, content);
    const reading = readBackground(file, { dimensions: 4 });
    await expect(reading).rejects.toMatchObject({ code: 'model.incompatible', data: { file } });
    await expect(reading).rejects.toThrow('docket models import');
  });
});
