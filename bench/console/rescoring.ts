import { ApiClient } from '../server/api-client.js';
import { copiesOfFixtures } from '../server/bench-documents.js';
import { CONCURRENCY, REQUESTS_AT_ONCE, showProgress } from '../server/machine.js';
import { mapConcurrently } from '../server/map-concurrently.js';
import { percentile } from '../server/percentile.js';
import { startServer } from '../server/server-process.js';
import { uploadAll } from '../server/server-run.js';
import { median } from '../speed/median-of.js';
import { ms, type Section, table } from '../speed/report.js';
import { thirtyRules } from '../speed/speed-documents.js';
import { giveDocuments, openTab, startBrowser, whenScored } from './console-tab.js';
import type { Effort } from './effort.js';

const DOCUMENTS = 10;
const MOST_MS = 1000;

/** Adds a word to the first rule, and gives the time until every document has its new answer. */
const CHANGE_A_RULE = `(async () => {
  const field = document.querySelector('.rule-description');
  const states = (state) => document.querySelectorAll('.document[data-state=' + state + ']').length;
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const all = states('scored');
  const word = ' word' + Math.random().toString(36).slice(2, 6);
  const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set;
  set.call(field, field.value.replace(/ word\\w{4}$/, '') + word);
  const started = performance.now();
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  while (states('scored') === all) await frame();
  while (states('scored') < all) await frame();
  return performance.now() - started;
})()`;

/** How long is it from a word in a rule until ten documents are scored again, with nothing else to do and with a full queue? */
export async function measureRescoring({ changes, queuedFiles, queuedJobs }: Effort): Promise<Section> {
  const { rules } = await thirtyRules();
  const mine = (await copiesOfFixtures(1)).slice(0, DOCUMENTS);
  const waiting = (await copiesOfFixtures(Math.ceil(queuedFiles / mine.length), 1)).slice(0, queuedFiles);
  await using server = await startServer(CONCURRENCY);
  await using browser = await startBrowser();
  using client = new ApiClient(server.url);
  await using tab = await openTab(browser, server.url, rules);
  await giveDocuments(tab.page, mine);
  await whenScored(tab.page, DOCUMENTS);
  const change = async () => {
    const took: number[] = [];
    for (let number = 0; number < changes; number++) took.push(await tab.page.evaluate<number>(CHANGE_A_RULE));
    return took;
  };
  const idle = await change();
  showProgress(`rescoring, idle: ${ms(median(idle))}`);
  const fileIds = await uploadAll(client, waiting);
  const jobs = Array.from({ length: queuedJobs }, (_, index) => fileIds[index % fileIds.length] ?? '');
  await mapConcurrently(jobs, REQUESTS_AT_ONCE, (id) => client.createJob(id, rules));
  const busy = await change();
  const pending = await client.countJobs('PENDING');
  showProgress(`rescoring, queue full: ${ms(median(busy))}, ${pending} still wait`);
  if (pending === 0) throw new Error('no job was waiting any more: queue more files');
  return report({ idle, busy, pending, rules: rules.length });
}

interface Measured {
  readonly idle: readonly number[];
  readonly busy: readonly number[];
  readonly pending: number;
  readonly rules: number;
}

function report({ idle, busy, pending, rules }: Measured): Section {
  const row = (name: string, values: readonly number[]) => {
    return [name, ...[0.5, 0.95, 1].map((share) => ms(percentile(values, share)))];
  };
  return {
    title: 'A word in a rule',
    lines: [
      `${DOCUMENTS} documents of all formats and ${rules} rules in the page; a word is added to the first rule, ${idle.length} times. Timed in the page, from the`,
      `key until all documents show their new answer; 200 ms of that the page waits for the next key. Queue full: ${pending} jobs or more`,
      `waited all the time, and ${CONCURRENCY} engine processes worked on them.`,
      '',
      ...table(['', 'p50', 'p95', 'longest'], [row('nothing else to do', idle), row('queue full', busy)]),
    ],
    targets: [
      {
        name: `${DOCUMENTS} documents scored again by ${rules} rules while the queue is full, median`,
        reached: ms(median(busy)),
        wanted: `under ${MOST_MS} ms`,
        met: median(busy) < MOST_MS,
      },
    ],
  };
}
