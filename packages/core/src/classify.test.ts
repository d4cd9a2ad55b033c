import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ClassifyOptions, classifyDocument } from './classify.js';
import { loadEngine } from './engine.js';
import { toDocketError } from './errors.js';
import { parseRuleSet, type Rule } from './rules/rule-set.js';
import { SCORER_NAMES } from './scoring/scorer-names.js';
import { fixture } from './testing/fixtures.js';
import { expectedResults, fixtureRules } from './testing/test-rules.js';

let rules: readonly Rule[];
let expected: Awaited<ReturnType<typeof expectedResults>>;

beforeAll(async () => {
  [rules, expected] = await Promise.all([fixtureRules(), expectedResults()]);
});

const INVOICE = { type: ' Invoice/№1 ', description: 'A bill with an invoice number and a total due' };
const minutes = fixture('documents/minutes.txt');
const classify = (options: Partial<ClassifyOptions> = {}) => classifyDocument({ document: minutes, rules, ...options });

describe('classifyDocument', () => {
  it('finds the right label, or null, or the right error for every fixture', async () => {
    const found: typeof expected = {};
    for (const name of Object.keys(expected)) {
      found[name] = await classify({ document: fixture(`documents/${name}`) }).then(
        ({ type }) => ({ type }),
        (error: unknown) => ({ error: toDocketError(error).code }),
      );
    }
    expect(found).toEqual(expected);
  });

  it('gives the label as the caller spells it', async () => {
    const { type, ranking } = await classify({ document: fixture('documents/invoice-1p.pdf'), rules: [INVOICE] });
    expect(type).toBe(INVOICE.type);
    expect(ranking.map((label) => label.type)).toEqual([INVOICE.type]);
  });

  it('ranks every label once, with the confidence of the best', async () => {
    const again = [...rules, { type: 'invoice', description: 'A request for payment of any sort' }];
    const { ranking, confidence } = await classify({ rules: again });
    expect(ranking.map((label) => label.type).sort()).toEqual(rules.map((rule) => rule.type).sort());
    expect(ranking[0]?.confidence).toBe(confidence);
  });

  it('gives the same answer on every run, with the rules in any order', async () => {
    const document = fixture('documents/contract-3p.pdf');
    const first = await classify({ document, explain: true });
    expect(JSON.stringify(await classify({ document, explain: true }))).toBe(JSON.stringify(first));
    const reversed = await classify({ document, explain: true, rules: [...rules].reverse() });
    expect(JSON.stringify(reversed)).toBe(JSON.stringify(first));
  });

  it('takes a path, a URL, bytes, and bytes with a name', async () => {
    const bytes = await readFile(minutes);
    const answers = await Promise.all(
      [minutes, pathToFileURL(minutes), bytes, { bytes, name: 'minutes.txt' }].map((document) =>
        classify({ document }),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('tells which pages it read', async () => {
    const document = fixture('documents/manual-40p.pdf');
    const { pages, reasoning } = await classify({ document, parsing: { targetPages: '2, 39-41', maxPages: 1 } });
    expect(pages).toEqual({ total: 40, selected: [2, 39, 40], read: [2, 39, 40] });
    expect(reasoning).toContain('Read pages 2, 39-40 of 40. Pages past the end were asked for: 41.');
    expect((await classify({ document, parsing: { maxPages: 3 } })).pages.selected).toEqual([1, 2, 3]);
  });

  it('names its scorers', async () => {
    expect((await classify()).scorer).toMatch(/evidence.*static/);
    expect((await classify({ scorer: 'evidence' })).scorer).not.toContain('static');
  });

  it.each([undefined, null, 'en', 'de', 'en-US', 'no language'])('takes the language for a hint: %s', async (lang) => {
    const document = fixture('documents/invoice-de.txt');
    const { type, explanation } = await classify({ document, parsing: { lang }, explain: true });
    expect({ type, language: explanation?.language }).toEqual({ type: 'invoice', language: 'de' });
    await classify({ document: Buffer.from('Total 42'), parsing: { lang } });
  });

  it('explains itself when asked', async () => {
    expect(await classify()).not.toHaveProperty('explanation');
    const { explanation, ranking } = await classify({ explain: true });
    expect(explanation).toMatchObject({ language: 'en', format: 'txt' });
    expect(explanation?.labels[0]?.type).toBe(ranking[0]?.type);
    expect(explanation?.labels[0]?.evidence.length).toBeGreaterThan(0);
  });

  it('obeys the thresholds of the caller', async () => {
    expect((await classify({ decision: { floor: 0, margin: 0 } })).type).not.toBeNull();
    expect((await classify({ decision: { floor: 1 } })).type).toBeNull();
  });

  it('names the file whose thresholds held, and refuses those of another engine', async () => {
    const { scorer } = await classify();
    const { identity } = parseRuleSet(rules);
    const decision = { floor: 0, margin: 0, file: 'tuned.yaml', tunedFor: { rules: identity, engine: scorer } };
    const { explanation, type } = await classify({ explain: true, decision });
    expect(type).not.toBeNull();
    expect(explanation?.tuning).toEqual({ file: 'tuned.yaml', rules: identity });
    expect((await classify({ explain: true })).explanation).not.toHaveProperty('tuning');
    await expect(classify({ decision, scorer: 'evidence' })).rejects.toMatchObject({
      code: 'request.stale_tuning',
      message: expect.stringMatching(
        /tuned\.yaml was tuned with another engine, auto .*; this is evidence .*tune again/,
      ),
    });
  });

  it.each(['evidence', 'static', 'auto'] as const)('works without knowledge, by its scorer %s', async (scorer) => {
    const two = [
      INVOICE,
      { type: 'minutes', description: 'The record of a meeting: those present, apologies, decisions, actions' },
    ];
    const { ranking } = await classify({ scorer, knowledge: 'none', rules: two });
    expect(ranking[0]?.type).toBe('minutes');
  });

  it('understands a rule about a thing that nobody knows', async () => {
    const crossword = { type: 'crossword', description: 'A crossword puzzle with a grid and clues across and down' };
    const { ranking } = await classify({
      document: fixture('documents/unknown-crossword.txt'),
      rules: [...rules, crossword],
    });
    expect(ranking[0]?.type).toBe('crossword');
  });

  it.each(['constructor', 'prototype'])('gives a number for a rule that speaks of a %s', async (word) => {
    const rule = { type: 'api', description: `Lists each class with its ${word} and methods` };
    const document = Buffer.from(`Class list. The ${word} takes two arguments.`);
    const { confidence } = await classify({ document, rules: [rule] });
    expect(confidence).toBeGreaterThanOrEqual(0);
  });

  it('stops when the signal aborts', async () => {
    await expect(classify({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});

describe('loadEngine', () => {
  it('loads an engine once', () => {
    expect(loadEngine({ scorer: 'evidence' })).toBe(loadEngine({ scorer: 'evidence' }));
    expect(loadEngine({ scorer: 'evidence' })).not.toBe(loadEngine({ scorer: 'evidence', knowledge: 'none' }));
  });

  it('never falls back to another scorer', async () => {
    for (const scorer of SCORER_NAMES) {
      const loaded = loadEngine({ scorer, modelsFolder: '/no/models' }).then(
        ({ identity }) => identity.startsWith(`${scorer} (`),
        (error: unknown) => toDocketError(error).code,
      );
      expect([true, 'model.not_installed']).toContain(await loaded);
    }
  });
});
