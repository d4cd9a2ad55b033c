import { describe, expect, it } from 'vitest';
import { NO_KNOWLEDGE } from '../../knowledge/compiled-knowledge.js';
import { makeKnowledge } from '../../testing/make-knowledge.js';
import { textRecord } from '../../testing/make-record.js';
import { WordEncoder } from '../../testing/word-encoder.js';
import { SimilarityScorer, type SimilarityScorerOptions } from './similarity-scorer.js';

const WORDS = ['page', 'harvest', 'grain', 'ship', 'cargo', 'filler'];
const background = { document: new Float32Array(6), rule: new Float32Array(6), deviation: 1 };
const RULES = [
  { type: 'farm', description: 'harvest of grain' },
  { type: 'freight', description: 'cargo of a ship' },
];
const ruleSet = { rules: RULES, identity: 'test' };

function makeScorer(options: Partial<SimilarityScorerOptions> = {}) {
  const encoder = new WordEncoder(WORDS);
  const scorer = new SimilarityScorer({
    name: 'embedding',
    encoder,
    background,
    knowledge: NO_KNOWLEDGE,
    mostPassages: 4,
    passageCharacters: 200,
    ...options,
  });
  return { encoder, scorer };
}

const farm = Array.from({ length: 4 }, () => 'The harvest of grain was good this year, and grain is dear.').join(' ');

describe('SimilarityScorer', () => {
  it('gives the nearer rule the larger score, and quotes the nearest passage', async () => {
    const { scorer } = makeScorer();
    const record = textRecord(['filler filler filler and more filler for the first page of it all', farm]);
    const { rules, remarks } = await (await scorer.prepare(ruleSet)).score(record);
    expect(rules[0]?.raw).toBeGreaterThan(rules[1]?.raw ?? 1);
    expect(rules[0]?.evidence[0]).toMatchObject({ kind: 'passage', page: 2 });
    expect(rules[0]?.evidence[0]?.quote.startsWith('The harvest of grain')).toBe(true);
    expect(rules[1]?.evidence).toEqual([]);
    expect(remarks).toBeUndefined();
  });

  it('scores each rule as if it were alone', async () => {
    const { scorer } = makeScorer();
    const record = textRecord([farm]);
    const both = await (await scorer.prepare(ruleSet)).score(record);
    const alone = await (await scorer.prepare({ rules: RULES.slice(1), identity: 'alone' })).score(record);
    expect(alone.rules[0]?.raw).toBe(both.rules[1]?.raw);
  });

  it('looks at so many passages and says how many were left out', async () => {
    const { scorer, encoder } = makeScorer();
    const prepared = await scorer.prepare(ruleSet);
    encoder.seen.length = 0;
    const pages = Array.from({ length: 30 }, (_, index) => `Page ${index}: ${'filler '.repeat(10)}`);
    const { remarks } = await prepared.score(textRecord(pages));
    expect(encoder.seen).toHaveLength(4);
    expect(remarks).toEqual(['Compared in meaning: 4 of 30 passages.']);
  });

  it('gives the texts to the model in pieces that it reads whole', async () => {
    const { scorer, encoder } = makeScorer({ mostPassages: 50 });
    const prepared = await scorer.prepare(ruleSet);
    encoder.seen.length = 0;
    await prepared.score(textRecord([farm.repeat(6)]));
    expect(Math.max(...encoder.seen.map((text) => text.length))).toBeLessThanOrEqual(200);
    expect(encoder.seen.join(' ').split(/\s+/)).toEqual(farm.repeat(6).split(/\s+/));
  });

  it('brings the scores of a model to the scale that it is given', async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(async (scale) => {
        const prepared = await makeScorer({ scale }).scorer.prepare(ruleSet);
        return (await prepared.score(textRecord([farm]))).rules[0]?.raw ?? 0;
      }),
    );
    expect(other).toBeCloseTo(2 * (one as number));
  });

  it('believes little of a text of a few words', async () => {
    const { scorer } = makeScorer();
    const prepared = await scorer.prepare(ruleSet);
    const rawOf = async (text: string) => (await prepared.score(textRecord([text]))).rules[0]?.raw ?? 0;
    expect(await rawOf('harvest grain')).toBeLessThan((await rawOf(farm)) / 5);
  });

  it('compares with the document types too', async () => {
    const knowledge = makeKnowledge({ types: [{ id: 'harvest', strong: ['grain'] }] });
    const { scorer } = makeScorer({ knowledge });
    const sheet = await (await scorer.prepare(ruleSet)).score(textRecord([farm]));
    expect([...sheet.background.keys()]).toEqual(['harvest']);
  });

  it('does not depend on how long a model makes its vectors', async () => {
    class LongVectors extends WordEncoder {
      override async embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
        return (await super.embed(texts)).map((vector) => vector.map((value) => 4 * value));
      }
    }
    const [same, long] = await Promise.all(
      [new WordEncoder(WORDS), new LongVectors(WORDS)].map(async (encoder) => {
        const prepared = await makeScorer({ encoder }).scorer.prepare(ruleSet);
        return (await prepared.score(textRecord([farm, 'a ship and its cargo']))).rules.map(({ raw }) => raw);
      }),
    );
    expect(long?.[0]).toBeCloseTo(same?.[0] as number, 6);
    expect(long?.[1]).toBeCloseTo(same?.[1] as number, 6);
  });

  it('changes its identity with the model', () => {
    expect(makeScorer().scorer.identity).toContain('words@0');
  });
});
