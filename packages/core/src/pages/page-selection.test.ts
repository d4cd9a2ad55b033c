import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DocketError } from '../errors.js';
import { propertyRuns } from '../testing/property-runs.js';
import { formatPages, PageSelection } from './page-selection.js';

const select = (targetPages: string, pageCount: number) => PageSelection.parse({ targetPages }).select(pageCount);

describe('PageSelection', () => {
  it('reads numbers and ranges in any order, with blanks and duplicates', () => {
    expect(select(' 5 - 7, 1,3 ,6', 10).pages).toEqual([1, 3, 5, 6, 7]);
  });

  it('lets target_pages win over max_pages', () => {
    expect(PageSelection.parse({ targetPages: '4', maxPages: 2 }).select(9).pages).toEqual([4]);
  });

  it('takes the first pages with max_pages, without a word about pages that are not there', () => {
    expect(PageSelection.parse({ maxPages: 3 }).select(9)).toEqual({ pages: [1, 2, 3] });
    expect(PageSelection.parse({ maxPages: 3 }).select(2)).toEqual({ pages: [1, 2] });
  });

  it('ignores pages past the end and mentions them', () => {
    expect(select('2,8,11-20', 8)).toEqual({ pages: [2, 8], pastEnd: '11-20' });
    expect(select('7-12', 8)).toEqual({ pages: [7, 8], pastEnd: '9-12' });
    expect(select('9', 8)).toEqual({ pages: [], pastEnd: '9' });
  });

  it.each([
    ['', 0, 'an empty item'],
    ['1,,2', 2, 'an empty item'],
    ['1,', 2, 'an empty item'],
    ['0', 0, 'counted from 1'],
    ['1, 0-3', 3, 'counted from 1'],
    ['5-3', 0, 'ends before it begins'],
    ['1,a-b', 2, '"a-b" is neither'],
    ['1-2-3', 0, 'neither'],
    ['-1', 0, 'neither'],
    ['1.5', 0, 'neither'],
    ['99999999999', 0, 'no page number'],
  ])('refuses %j at position %i', (targetPages, position, problem) => {
    const parse = () => PageSelection.parse({ targetPages });
    expect(parse).toThrow(problem);
    expect(parse).toThrow(
      expect.objectContaining({ code: 'request.invalid_page_selection', data: { targetPages, position } }),
    );
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses max_pages %s', (maxPages) => {
    expect(() => PageSelection.parse({ maxPages })).toThrow(DocketError);
  });
});

describe('PageSelection, for any input', () => {
  const range = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 9 }));

  it('selects exactly the pages that were named and exist, ascending', () => {
    fc.assert(
      fc.property(fc.array(range, { minLength: 1 }), fc.integer({ min: 1, max: 50 }), (ranges, pageCount) => {
        const text = ranges.map(([first, more]) => (more === 0 ? `${first}` : `${first} -${first + more}`)).join(', ');
        const expected = Array.from({ length: pageCount }, (_, index) => index + 1).filter((page) =>
          ranges.some(([first, more]) => page >= first && page <= first + more),
        );
        expect(select(text, pageCount).pages).toEqual(expected);
      }),
      propertyRuns(),
    );
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (pages) => {
        const ascending = [...pages].sort((one, other) => one - other);
        expect(select(formatPages(pages), 40).pages).toEqual(ascending);
      }),
      propertyRuns(),
    );
  });

  /** Texts that come near to selections: what stands in them, in any order. */
  const nearlySelection = fc
    .array(
      fc.constantFrom(
        '1',
        '7',
        '0',
        '1000000000',
        '1000000001',
        '9'.repeat(400),
        '-',
        ',',
        ' ',
        '\t',
        '\u00a0',
        '\0',
        '\ud800',
        '٣',
        '１',
        'a',
      ),
    )
    .map((pieces) => pieces.join(''));
  const anyText = fc.oneof(nearlySelection, fc.string({ unit: 'binary' }), fc.string());

  it('either parses a text, and then selects ascending pages of the document, or throws its own error', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 50 }), (targetPages, pageCount) => {
        const selected = selectOrRefuse({ targetPages }, pageCount);
        if (selected) expectPagesOf(selected.pages, pageCount);
      }),
      propertyRuns(1000),
    );
  });

  it('takes any number for max_pages or throws its own error', () => {
    fc.assert(
      fc.property(fc.double(), fc.integer({ min: 0, max: 50 }), (maxPages, pageCount) => {
        const selected = selectOrRefuse({ maxPages }, pageCount);
        expect(selected !== undefined).toBe(Number.isInteger(maxPages) && maxPages >= 1);
        if (selected) expect(selected.pages).toHaveLength(Math.min(maxPages, pageCount));
      }),
      propertyRuns(),
    );
  });

  it('selects out of given pages only those', () => {
    const given = fc
      .uniqueArray(fc.integer({ min: 1, max: 40 }))
      .map((pages) => pages.sort((one, other) => one - other));
    fc.assert(
      fc.property(fc.array(range, { minLength: 1 }), given, (ranges, within) => {
        const targetPages = ranges.map(([first, more]) => `${first}-${first + more}`).join(',');
        const { pages } = PageSelection.parse({ targetPages }).select(40, within);
        expect(pages).toEqual(within.filter((page) => select(targetPages, 40).pages.includes(page)));
      }),
      propertyRuns(),
    );
  });

  it('gives a selection of a long text soon: it is taken to pieces once', () => {
    const long = Array.from({ length: 200_000 }, (_, index) => `${200_000 - index}`).join(',');
    expect(select(long, 10).pages).toHaveLength(10);
    for (const tail of [
      `1${' '.repeat(200_000)}x`,
      `${'1'.repeat(200_000)}x`,
      `${' '.repeat(200_000)}x`,
      `1-${' '.repeat(200_000)}`,
    ]) {
      expect(() => select(tail, 10)).toThrow(DocketError);
    }
  });
});

function selectOrRefuse(options: Parameters<typeof PageSelection.parse>[0], pageCount: number) {
  try {
    return PageSelection.parse(options).select(pageCount);
  } catch (error) {
    expect(error).toBeInstanceOf(DocketError);
    expect(error).toMatchObject({ code: 'request.invalid_page_selection' });
    return undefined;
  }
}

function expectPagesOf(pages: readonly number[], pageCount: number): void {
  expect(pages).toEqual([...new Set(pages)].sort((one, other) => one - other));
  for (const page of pages) expect(page >= 1 && page <= pageCount).toBe(true);
}
