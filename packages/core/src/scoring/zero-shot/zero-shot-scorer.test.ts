import { describe, expect, it } from 'vitest';
import { textRecord } from '../../testing/make-record.js';
import { WordEncoder } from '../../testing/word-encoder.js';
import type { EntailmentModel, EntailmentPair } from './entailment-model.js';
import { type RuleRanking, ZeroShotScorer } from './zero-shot-scorer.js';

const WORDS = ['harvest', 'cargo', 'verdict', 'recipe', 'poem', 'filler'];

/** Entails a hypothesis when a word of it is on the page. */
class WordEntailment implements EntailmentModel {
  readonly identity = 'word-entailment@0';
  readonly asked: EntailmentPair[] = [];

  constructor(private readonly bias: (hypothesis: string) => number = () => 0) {}

  async entail(pairs: readonly EntailmentPair[]): Promise<readonly number[]> {
    this.asked.push(...pairs);
    return pairs.map(({ premise, hypothesis }) => {
      const said = WORDS.some((word) => premise.includes(word) && hypothesis.includes(word));
      return (said ? 4 : -4) + this.bias(hypothesis);
    });
  }

  async dispose(): Promise<void> {}
}

const ranking: RuleRanking = {
  prepare:
    async ({ rules }) =>
    async () =>
      rules.map((_, index) => -index),
};

function makeScorer(model = new WordEntailment()) {
  const encoder = new WordEncoder(WORDS);
  const background = { document: new Float32Array(6), rule: new Float32Array(6), deviation: 1 };
  return { model, scorer: new ZeroShotScorer({ model, ranking, encoder, background }) };
}

const rule = (type: string) => ({ type, description: `Text about ${type}` });
const setOf = (...types: string[]) => ({ rules: types.map(rule), identity: types.join() });
const page = (word: string) => `${word} ${'and so on '.repeat(70)}`;

describe('ZeroShotScorer', () => {
  it('scores what the page entails, and quotes the passage', async () => {
    const { scorer } = makeScorer();
    const prepared = await scorer.prepare(setOf('harvest', 'cargo'));
    const { rules, remarks } = await prepared.score(textRecord([page('filler'), page('cargo')]));
    expect(rules[1]?.raw).toBeGreaterThan(7);
    expect(rules[0]?.raw).toBeLessThan(1);
    expect(rules[1]?.evidence).toMatchObject([{ kind: 'passage', page: 2 }]);
    expect(rules[0]?.evidence).toEqual([]);
    expect(remarks).toBeUndefined();
  });

  it('works with one rule', async () => {
    const { scorer } = makeScorer();
    const sheet = await (await scorer.prepare(setOf('poem'))).score(textRecord([page('poem')]));
    expect(sheet.rules[0]?.raw).toBeGreaterThan(7);
  });

  it('asks for the best few rules only, however many there are, and says so', async () => {
    const { scorer, model } = makeScorer();
    const many = Array.from({ length: 100 }, (_, index) => `type${index}`);
    const prepared = await scorer.prepare(setOf('cargo', ...many));
    await prepared.score(textRecord([page('filler')]));
    model.asked.length = 0;
    const { rules, remarks } = await prepared.score(textRecord([page('cargo')]));
    expect(model.asked).toHaveLength(4);
    expect(rules[0]?.raw).toBeGreaterThan(7);
    expect(rules.slice(4).every(({ raw }) => raw === 0)).toBe(true);
    expect(remarks).toEqual(['Asked the model for the 4 most likely of 101 rules.']);
  });

  it('reads no more passages of a long document than of a short one', async () => {
    const { scorer, model } = makeScorer();
    const prepared = await scorer.prepare(setOf('cargo'));
    const pages = Array.from({ length: 200 }, (_, index) => page(index === 30 ? 'cargo' : 'filler'));
    const { rules, remarks } = await prepared.score(textRecord(pages));
    expect(model.asked.filter(({ premise }) => premise.includes('and so on'))).toHaveLength(3);
    expect(rules[0]?.evidence).toMatchObject([{ page: 31 }]);
    expect(remarks).toEqual(['The model read 3 of 200 passages.']);
  });

  it('takes off what a hypothesis is worth on any text', async () => {
    const { scorer } = makeScorer(new WordEntailment((hypothesis) => (hypothesis.includes('poem') ? 9 : 0)));
    const sheet = await (await scorer.prepare(setOf('poem', 'cargo'))).score(textRecord([page('cargo')]));
    expect(sheet.rules[1]?.raw).toBeGreaterThan(sheet.rules[0]?.raw ?? 9);
  });

  it('gives nothing for a document without text', async () => {
    const { scorer } = makeScorer();
    const sheet = await (await scorer.prepare(setOf('poem'))).score(textRecord(['']));
    expect(sheet.rules[0]).toMatchObject({ raw: 0, evidence: [] });
  });
});
