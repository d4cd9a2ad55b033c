import { describe, expect, it } from 'vitest';
import { loadTexts, textSetsExist } from './text-sets.js';

const message = textSetsExist() ? '' : ' (skipped: ../shared/eval/texts is not here)';

describe.skipIf(!textSetsExist())(`loadTexts${message}`, () => {
  it('takes the same texts each time, spread over the whole set', async () => {
    const [one, other] = [await loadTexts('trec_coarse', 50), await loadTexts('trec_coarse', 50)];
    expect(one).toEqual(other);
    expect(one.total).toBe(500);
    expect(one.texts.map(({ path }) => path).slice(0, 3)).toEqual([
      'trec_coarse:1',
      'trec_coarse:11',
      'trec_coarse:21',
    ]);
  });

  it('takes a set that is smaller as a whole', async () => {
    const { texts, total } = await loadTexts('trec_coarse', 1000);
    expect(texts).toHaveLength(total);
  });

  it('gives documents of one page with a label', async () => {
    const { texts } = await loadTexts('ag_news', 2);
    expect(texts[0]?.record).toMatchObject({ format: 'txt', pageCount: 1, language: { code: 'en' } });
    expect(texts[0]?.record.pages[0]?.text.length).toBeGreaterThan(50);
    expect(texts[0]?.expected).toBe('Sports');
  });

  it('gives texts out of scope no label', async () => {
    const { texts } = await loadTexts('clinc150_oos', 5);
    expect(texts.map(({ expected }) => expected)).toEqual([null, null, null, null, null]);
  });
});
