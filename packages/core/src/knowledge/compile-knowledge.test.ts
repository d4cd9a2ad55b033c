import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tokenise } from '../pages/tokens.js';
import { makeKnowledge, makeSources } from '../testing/make-knowledge.js';
import { compileKnowledge, readKnowledgeFolder } from './compile-knowledge.js';
import type { CompiledCue, CompiledKnowledge } from './compiled-knowledge.js';
import { reviewCues } from './review-cues.js';

/** What a phrase is matched by. */
function key(phrase: string): string {
  return `${phrase.startsWith('^') ? '^' : ''}${tokenise(phrase.replace(/\$$/, '')).words.join(' ')}${phrase.endsWith('$') ? '$' : ''}`;
}

function cue(knowledge: CompiledKnowledge, phrase: string, type = 0): CompiledCue | undefined {
  return knowledge.types[type]?.cues.find((one) => key(one.phrase) === key(phrase));
}

describe('compileKnowledge', () => {
  it('gives each cue its kind, and names also as headings', () => {
    const knowledge = makeKnowledge({
      types: [
        {
          id: 'tax_return',
          aliases: ['tax declaration'],
          strong: ['refund due'],
          weak: ['income'],
          negative: ['net pay'],
        },
      ],
    });
    const kinds = [
      'refund due',
      'income',
      'net pay',
      'tax return',
      '^tax return$',
      'tax declaration',
      '^tax declaration$',
    ];
    expect(kinds.map((phrase) => cue(knowledge, phrase)?.kind)).toEqual([
      'strong',
      'weak',
      'negative',
      'name',
      'heading',
      'name',
      'heading',
    ]);
  });

  it('keeps a phrase once, in its strongest kind, however it is spelt', () => {
    const knowledge = makeKnowledge({
      types: [{ id: 'invoice', strong: ['Invoice No.'], weak: ['invoice no', 'INVOICE NOS'] }],
    });
    const spellings = knowledge.types[0]?.cues.filter((one) => key(one.phrase) === 'invoice no');
    expect(spellings?.map((one) => one.kind)).toEqual(['strong']);
  });

  it('leaves out phrases without a word in them', () => {
    const knowledge = makeKnowledge({ types: [{ id: 'invoice', strong: ['...', 'invoice no'] }] });
    expect(knowledge.types[0]?.cues.map((one) => one.phrase)).not.toContain('...');
    expect(cue(knowledge, 'invoice no')).toBeDefined();
  });

  it('counts the other types that list a cue or in whose sample it stands', () => {
    const knowledge = makeKnowledge({
      types: [
        { id: 'invoice', strong: ['amount due', 'bill to', 'remit to', 'invoice no'] },
        { id: 'statement', weak: ['amount due'] },
        { id: 'letter', negative: ['remit to'] },
      ],
      samples: { invoice: 'Invoice no 7', letter: 'Please bill to my account the amount due' },
    });
    const rivals = ['amount due', 'bill to', 'remit to', 'invoice no'].map((phrase) => cue(knowledge, phrase)?.rivals);
    expect(rivals).toEqual([2, 1, 0, 0]);
  });

  it('adds cues and names of other languages', () => {
    const knowledge = makeKnowledge({
      types: [{ id: 'invoice', strong: ['total', 'invoice no'] }, { id: 'letter' }],
      languages: {
        de: { invoice: { aliases: ['Rechnung'], strong: ['zahlbar bis'], weak: ['Menge'] } },
        fr: { invoice: { strong: ['Total'] } },
      },
    });
    expect(knowledge.languages).toEqual(['en', 'de', 'fr']);
    expect(knowledge.types.map((type) => type.foreignNames)).toEqual([['Rechnung'], []]);
    expect(cue(knowledge, 'zahlbar bis')).toMatchObject({ kind: 'strong', languages: ['de'] });
    expect(cue(knowledge, 'menge')).toMatchObject({ kind: 'weak', languages: ['de'] });
    expect(cue(knowledge, '^rechnung$')).toMatchObject({ kind: 'heading', languages: ['de'] });
    expect(cue(knowledge, 'total')?.languages).toEqual(['en', 'fr']);
    expect(cue(knowledge, 'invoice no')?.languages).toEqual(['en']);
  });

  it('knows how common words are from the samples', () => {
    const samples = { invoice: 'The total is due', letter: 'The totals, the end' };
    const { wordFrequencies, sampleCount } = makeKnowledge({ types: [{ id: 'invoice' }, { id: 'letter' }], samples });
    expect(sampleCount).toBe(2);
    expect(wordFrequencies).toMatchObject({ the: 2, total: 2 });
  });

  it('gives equal bytes for equal sources, and another identity for others', () => {
    const input = { types: [{ id: 'invoice', strong: ['bill to'] }] };
    expect(JSON.stringify(makeKnowledge(input))).toBe(JSON.stringify(makeKnowledge(input)));
    const other = makeKnowledge({ types: [{ id: 'invoice', strong: ['bill to', 'ship to'] }] });
    expect(other.identity).not.toBe(makeKnowledge(input).identity);
  });

  it('knows nothing of no types', () => {
    const { types, sampleCount } = compileKnowledge(makeSources({ types: [] }));
    expect({ types, sampleCount }).toEqual({ types: [], sampleCount: 0 });
  });
});

describe('readKnowledgeFolder', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docket-knowledge-'));
    await Promise.all(['languages', 'samples'].map((name) => mkdir(join(folder, name))));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  const invoice = 'id: invoice\nname: invoice\ndescription: A demand for payment\nstrong: [bill to]\n';

  it('reads types, languages and samples', async () => {
    await write('invoice.yaml', invoice);
    await write('README.md', 'not a type');
    await write('languages/de.yaml', 'invoice: { strong: [zahlbar bis] }');
    await write('samples/invoice.txt', 'Bill to: me');
    const { types, languages, samples } = await readKnowledgeFolder(folder);
    expect(types.map((type) => type.id)).toEqual(['invoice']);
    expect(languages.get('de')?.['invoice']?.strong).toEqual(['zahlbar bis']);
    expect([...samples]).toEqual([['invoice', 'Bill to: me']]);
  });

  it.each([
    ['a missing field', 'invoice.yaml', invoice.replace(/strong.*\n/, ''), /invoice\.yaml.*strong/],
    ['an unknown field', 'invoice.yaml', `${invoice}stronk: [x]\n`, /invoice\.yaml.*stronk/],
    [
      'a wrong layout cue',
      'invoice.yaml',
      `${invoice}layout: [{ feature: money_rate, weight: weak }]\n`,
      /invoice\.yaml.*layout\.0/,
    ],
    [
      'an unknown feature',
      'invoice.yaml',
      `${invoice}layout: [{ feature: colour, min: 1, weight: weak }]\n`,
      /invoice\.yaml.*layout\.0/,
    ],
    ['an id that is not the name of the file', 'bill.yaml', invoice, /bill\.yaml.*invoice/],
    ['broken YAML', 'invoice.yaml', 'id: [', /invoice\.yaml/],
    ['an empty file', 'invoice.yaml', '', /invoice\.yaml.*the file/],
    ['a wrong language file', 'languages/de.yaml', 'invoice: { strong: zahlbar }', /de\.yaml.*invoice\.strong/],
  ])('names the file and the place: %s', async (_, name, text, message) => {
    await write('letter.yaml', invoice.replaceAll('invoice', 'letter'));
    await write(name, text);
    const read = readKnowledgeFolder(folder);
    await expect(read).rejects.toMatchObject({ code: 'model.invalid_knowledge' });
    await expect(read).rejects.toThrow(message);
  });

  it('does not take an empty folder for knowledge', async () => {
    await expect(readKnowledgeFolder(folder)).rejects.toThrow(folder);
  });
});

describe('reviewCues', () => {
  it('reports cues that many types share, and cues that stand in no sample', () => {
    const ids = ['one', 'two', 'three', 'four', 'five', 'six'];
    const types = ids.map((id) => ({ id: `${id}_type`, strong: ['total'], weak: id === 'one' ? ['bill to'] : [] }));
    const { shared, silent } = reviewCues(makeSources({ types, samples: { one_type: 'The TOTALS' } }));
    expect(shared.map(({ phrase, types: users }) => [phrase, users.length])).toEqual([['total', 6]]);
    expect(silent.map(({ phrase }) => phrase)).toEqual(['bill to']);
  });
});
