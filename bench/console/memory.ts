import type { CDPSession } from 'playwright-core';
import { copiesOfFixtures } from '../server/bench-documents.js';
import { CONCURRENCY, showProgress } from '../server/machine.js';
import { startServer } from '../server/server-process.js';
import { type Section, table } from '../speed/report.js';
import { fixtureRuleList } from '../speed/speed-documents.js';
import { giveDocuments, openTab, startBrowser, whenScored } from './console-tab.js';
import type { Effort } from './effort.js';

/** Documents that are looked at, one after the other, with their pages drawn. */
const LOOKED_AT = 20;

interface Memory {
  readonly heapBytes: number;
  readonly nodes: number;
}

/** What does a tab take after so many documents? */
export async function measureMemory({ documents: count }: Effort): Promise<Section> {
  const originals = (await copiesOfFixtures(1)).length;
  const documents = (await copiesOfFixtures(Math.ceil(count / originals))).slice(0, count);
  await using server = await startServer(CONCURRENCY);
  await using browser = await startBrowser();
  await using tab = await openTab(browser, server.url, await fixtureRuleList());
  const { page, context } = tab;
  const session = await context.newCDPSession(page);
  const empty = await memoryOf(session);
  await giveDocuments(page, documents);
  await whenScored(page, count);
  const full = await memoryOf(session);
  showProgress(`memory: ${megabytes(full.heapBytes)} after ${count} documents`);
  const buttons = page.locator('.document-button');
  for (let index = 0; index < Math.min(LOOKED_AT, count); index++) {
    await buttons.nth(index).click();
    await page.locator('.viewer-pages .page').first().waitFor();
    await page.locator('.viewer-pages .sheet[data-state=drawing] .sheet-note').waitFor({ state: 'detached' });
  }
  const looked = await memoryOf(session);
  await page.getByRole('button', { name: 'Delete all from the server' }).click();
  await page.locator('.document').first().waitFor({ state: 'detached' });
  const deleted = await memoryOf(session);
  const row = (name: string, { heapBytes, nodes }: Memory) => [name, megabytes(heapBytes), String(nodes)];
  return {
    title: `${count} documents in one tab`,
    lines: [
      `The fixtures, each of other bytes, 14 rules. The heap is that of the page after its garbage was collected; pdf.js works beside it,`,
      'in a worker that has one document at a time.',
      '',
      ...table(
        ['', 'heap of JavaScript', 'nodes'],
        [
          row('an empty page', empty),
          row(`${count} documents, all answered`, full),
          row(`and ${Math.min(LOOKED_AT, count)} of them looked at`, looked),
          row('all deleted', deleted),
        ],
      ),
    ],
    targets: [],
  };
}

async function memoryOf(session: CDPSession): Promise<Memory> {
  await session.send('Performance.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metricOf = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { heapBytes: metricOf('JSHeapUsedSize'), nodes: metricOf('Nodes') };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
