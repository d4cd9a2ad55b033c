import { copiesOf } from '../server/bench-documents.js';
import { CONCURRENCY, showProgress } from '../server/machine.js';
import { startServer } from '../server/server-process.js';
import { median } from '../speed/median-of.js';
import { ms, type Section, table } from '../speed/report.js';
import { fixtureFolder, fixtureRuleList } from '../speed/speed-documents.js';
import { giveDocuments, openTab, startBrowser, whenScored } from './console-tab.js';
import type { Effort } from './effort.js';

/** Of the first load, compressed, without pdf.js. */
const MOST_BYTES = 150_000;

interface Visit {
  readonly paintMs: number;
  readonly resultMs: number;
  readonly drawnMs: number;
  readonly bytes: number;
}

/** How long is it until something is seen, and from dropping a PDF of three pages until its answer? */
export async function measureFirstVisit({ visits }: Effort): Promise<Section> {
  await using server = await startServer(CONCURRENCY);
  await using browser = await startBrowser();
  const rules = await fixtureRuleList();
  // Each of other bytes: none is known from an earlier reading. The first one warms up.
  const documents = await copiesOf(`${fixtureFolder}contract-3p.pdf`, visits + 1);
  const measured: Visit[] = [];
  for (const document of documents) {
    await using tab = await openTab(browser, server.url, rules);
    const { page } = tab;
    const seen = await page.evaluate<{ paintMs: number; bytes: number }>(`({
      paintMs: performance.getEntriesByName('first-contentful-paint')[0].startTime,
      bytes: performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
        .filter(({ name }) => !name.includes('/api/')).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    })`);
    const started = performance.now();
    await giveDocuments(page, [document]);
    await whenScored(page, 1);
    const resultMs = performance.now() - started;
    await page.locator('.sheet[data-state=drawn]').first().waitFor();
    measured.push({ ...seen, resultMs, drawnMs: performance.now() - started });
    showProgress(`visit ${measured.length} of ${documents.length}: paint ${ms(seen.paintMs)}, answer ${ms(resultMs)}`);
  }
  return report(measured.slice(1));
}

function report(visits: readonly Visit[]): Section {
  const row = (name: string, key: 'paintMs' | 'resultMs' | 'drawnMs') => {
    const values = visits.map((visit) => visit[key]);
    return [name, ms(median(values)), ms(Math.max(...values))];
  };
  const bytes = Math.max(...visits.map((visit) => visit.bytes));
  return {
    title: 'A first visit',
    lines: [
      `${visits.length} visits, each with an empty cache, to one server with ${CONCURRENCY} engine processes that are warm. The PDF has 3 pages and is of`,
      'other bytes each time; there are 14 rules. Timed from the moment at which the browser gets the file.',
      '',
      ...table(
        ['', 'median', 'longest'],
        [
          row('first contentful paint', 'paintMs'),
          row('answer for the PDF', 'resultMs'),
          row('its first page drawn, pdf.js loaded', 'drawnMs'),
        ],
      ),
      '',
      `The first load is ${(bytes / 1000).toFixed(1)} kB as it is sent.`,
    ],
    targets: [
      {
        name: 'first load without pdf.js, as it is sent',
        reached: `${(bytes / 1000).toFixed(1)} kB`,
        wanted: 'at most 150 kB',
        met: bytes <= MOST_BYTES,
      },
    ],
  };
}
