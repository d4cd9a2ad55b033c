import { beforeAll, describe, expect, it } from 'vitest';
import { classifyDocument } from '../classify.js';
import { type DocumentRecord, readDocument, recallDocument } from '../documents/read-document.js';
import { PageSelection } from '../pages/page-selection.js';
import { fixture } from '../testing/fixtures.js';
import { fixtureRules } from '../testing/test-rules.js';
import type { PageCache, ReadPages } from './page-cache.js';
import { decodePage, decodePageText, encodeDocument } from './page-record.js';
import { recallPages } from './recall-pages.js';

const KEY = { contentHash: 'a'.repeat(64), extension: '.pdf' };

/** A cache that holds one document. */
function cacheOf(read: ReadPages | undefined): PageCache {
  return {
    head: async () => read?.head,
    pages: async (_hash, _reader, numbers) => {
      const found = read?.pages.filter(({ number }) => numbers.includes(number)) ?? [];
      return found.length === numbers.length ? found : undefined;
    },
    keep: async () => {},
  };
}

describe('page records', () => {
  let record: DocumentRecord;
  beforeAll(async () => {
    record = await readDocument(fixture('documents/manual-40p.pdf'));
  });

  it('come back as they were', () => {
    const { pages } = encodeDocument(record);
    expect(pages.map(decodePage)).toEqual(JSON.parse(JSON.stringify(record.pages)));
    expect(pages[2] && decodePageText(pages[2])).toBe(record.pages[2]?.text);
  });

  it('give the same record as reading does, for any pages', async () => {
    const read = encodeDocument(record);
    for (const targetPages of ['1', '2-4,40', '39-50']) {
      const selection = PageSelection.parse({ targetPages });
      const recalled = await recallPages(cacheOf(read), KEY, { parsing: { targetPages } });
      expect(recalled && (await recallDocument(recalled, { selection }))).toEqual(
        await readDocument(fixture('documents/manual-40p.pdf'), { selection }),
      );
    }
  });

  it('give the same error as reading does', async () => {
    const { head, pages } = encodeDocument(record);
    const empty = pages
      .map(decodePage)
      .map((page) => ({ ...page, text: '', shape: { ...page.shape, letters: 0, digits: 0 } }));
    const read = encodeDocument({ ...record, pages: empty.slice(0, 2) });
    const recalled = (options: { targetPages?: string }) =>
      recallDocument(read, { selection: PageSelection.parse(options), within: [1, 2] });
    await expect(recalled({})).rejects.toMatchObject({ code: 'document.no_text' });
    await expect(recalled({ targetPages: '90' })).rejects.toMatchObject({ code: 'document.no_pages_selected' });
    const damaged = encodeDocument({
      ...record,
      pages: empty.map((page) => ({ ...page, damage: 'the page is torn' })),
    });
    await expect(recallDocument({ head, pages: damaged.pages })).rejects.toThrow('the page is torn');
  });
});

describe('recallPages', () => {
  it('knows nothing of a document that is not in the cache, or not with all its pages', async () => {
    const read = encodeDocument(await readDocument(fixture('documents/contract-3p.pdf')));
    expect(await recallPages(cacheOf(undefined), KEY, {})).toBeUndefined();
    expect(await recallPages(cacheOf({ ...read, pages: read.pages.slice(0, 2) }), KEY, {})).toBeUndefined();
    expect((await recallPages(cacheOf(read), KEY, {}))?.pages).toHaveLength(3);
  });

  it('does not give what another version of the reader read', async () => {
    const { head, pages } = encodeDocument(await readDocument(fixture('documents/contract-3p.pdf')));
    const old = { head: { ...head, readerIdentity: 'pdfjs-1.0.0/1' }, pages };
    expect(await recallPages(cacheOf(old), KEY, {})).toBeUndefined();
  });

  it('does not give what the other reader of PDF read', async () => {
    for (const [asked, other] of [
      ['pdfjs', 'pdfium'],
      ['pdfium', 'pdfjs'],
    ] as const) {
      const read = encodeDocument(await readDocument(fixture('documents/contract-3p.pdf'), { pdfReader: asked }));
      expect((await recallPages(cacheOf(read), KEY, { pdfReader: asked }))?.pages).toHaveLength(3);
      expect(await recallPages(cacheOf(read), KEY, { pdfReader: other })).toBeUndefined();
    }
  });

  it('selects within the pages of an earlier reading', async () => {
    const read = encodeDocument(await readDocument(fixture('documents/manual-40p.pdf')));
    const numbersOf = async (parsing: object, defaultMaxPages = 12) => {
      const recalled = await recallPages(cacheOf(read), KEY, {
        parsing: { ...parsing, withinPages: [5, 6, 7, 30] },
        defaultMaxPages,
      });
      return recalled?.pages.map(({ number }) => number);
    };
    expect(await numbersOf({})).toEqual([5, 6, 7, 30]);
    expect(await numbersOf({}, 2)).toEqual([5, 6]);
    expect(await numbersOf({ maxPages: 3 })).toEqual([5, 6, 7]);
    expect(await numbersOf({ targetPages: '6-40' })).toEqual([6, 7, 30]);
    expect(await numbersOf({ targetPages: '1-3' })).toEqual([]);
  });
});

describe('classifying what was read before', () => {
  it('gives the same bytes as classifying the document, and no quotes when told so', async () => {
    const rules = await fixtureRules();
    const options = { rules, explain: true, redact: true };
    const direct = await classifyDocument({ document: fixture('documents/invoice-1p.pdf'), ...options });
    const read = encodeDocument(await readDocument(fixture('documents/invoice-1p.pdf')));
    const recalled = await classifyDocument({ document: { read }, ...options });
    expect(JSON.stringify(recalled)).toBe(JSON.stringify(direct));
    expect(direct.reasoningWithoutQuotes).toContain('[removed]');
    for (const { evidence } of direct.explanation?.labels.slice(0, 1) ?? []) {
      for (const { quote } of evidence) expect(direct.reasoningWithoutQuotes).not.toContain(`"${quote}"`);
    }
  });
});
