import { PageSelection, readDocument } from '@docket/core';
import { mediansOf } from './median-of.js';
import { pageTreePdf } from './page-tree-pdf.js';
import { ms, type Section, table } from './report.js';

const PAGES = 2000;

/** Page 1 of a long file with a balanced tree may take so many times page 1 of a one-page file. */
const BALANCED_TIMES = 3;

/** pdf.js walks a flat tree once on opening: what that may take in all, and for each page. */
const FLAT_MS = 40;
const FLAT_MS_PER_PAGE = 0.12;

/** Does reading page 1 cost page 1, however long the file is? */
export async function measurePageTree(): Promise<Section> {
  const files = {
    one: pageTreePdf(1, 'flat'),
    balanced: pageTreePdf(PAGES, 'balanced'),
    flat: pageTreePdf(PAGES, 'flat'),
  };
  await assertSamePageOne(Object.values(files));
  const times = await mediansOf({
    one: () => readPageOne(files.one),
    balanced: () => readPageOne(files.balanced),
    flat: () => readPageOne(files.flat),
  });
  const flatLimit = FLAT_MS + FLAT_MS_PER_PAGE * PAGES;
  const ratio = times.balanced / times.one;
  const row = (name: string, file: Uint8Array, time: number) => {
    return [name, (file.length / 1e6).toFixed(2), ms(time), `${(time / times.one).toFixed(1)} x`];
  };
  return {
    title: 'Page 1 of a long PDF',
    lines: [
      '`readDocument` of page 1 (about 3,000 characters), from bytes; medians of 11.',
      '',
      ...table(
        ['file', 'MB', 'page 1', 'of one page'],
        [
          row('1 page', files.one, times.one),
          row(`${PAGES} pages, balanced tree`, files.balanced, times.balanced),
          row(`${PAGES} pages, flat tree`, files.flat, times.flat),
        ],
      ),
    ],
    targets: [
      {
        name: `page 1 of ${PAGES} pages, balanced tree`,
        reached: `${ratio.toFixed(2)} x one page`,
        wanted: `at most ${BALANCED_TIMES} x`,
        met: ratio <= BALANCED_TIMES,
      },
      {
        name: `page 1 of ${PAGES} pages, flat tree`,
        reached: ms(times.flat),
        wanted: `at most ${ms(flatLimit)}`,
        met: times.flat <= flatLimit,
      },
    ],
  };
}

function readPageOne(bytes: Uint8Array) {
  return readDocument({ bytes, name: 'file.pdf' }, { selection: PageSelection.parse({ targetPages: '1' }) });
}

/** Files whose page 1 differs would compare nothing. */
async function assertSamePageOne(files: readonly Uint8Array[]): Promise<void> {
  const texts = await Promise.all(files.map(async (file) => (await readPageOne(file)).pages[0]?.text));
  if (new Set(texts).size !== 1 || (texts[0]?.length ?? 0) < 2500)
    throw new Error('the files do not have the same page 1');
}
