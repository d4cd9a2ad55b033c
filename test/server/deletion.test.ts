import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { startServer } from '../support/docket-server.js';
import { canListProcesses } from '../support/engine-processes.js';
import { isLong } from '../support/project.js';
import { randomFrom, seed } from '../support/random.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { ApiClient, type ApiJob } from './support/api-client.js';
import { blobsIn, filesIn, findInFolder } from './support/data-folder.js';
import { openDatabase } from './support/database.js';
import { CONFIGURATION, type TestDocument, textDocument, tinyInvoice, variantOf } from './support/documents.js';
import { inParallel } from './support/in-parallel.js';
import { makePdf } from './support/make-pdf.js';
import { pauseEngine } from './support/paused-engine.js';
import { sharedServer } from './support/shared-server.js';

/** Stands in the text, the name and the title of what is to be forgotten, and nowhere else. */
const SECRET = 'Quokkafeather';

/** Words of the text that are sure to be quoted. */
const QUOTED = 'Invoice number';

const ROUNDS = isLong ? 600 : 60;

/** A job takes about so long when three are worked on. */
const LONGEST_WORK_MS = 60;

const LINES = [
  'STATEMENT',
  `Project ${SECRET}: confidential`,
  `${QUOTED}: 2024-0815`,
  'Bill to: Northwind Traders, 12 Harbour Road',
  'Subtotal 32.00, VAT 6.40, Total due 38.40. Payment terms: 30 days.',
];

/** No word of these is quoted from a document. */
const CONFIDENTIAL = {
  rules: [{ type: 'demand', description: 'Somebody asks somebody else for money after a delivery of wares.' }],
};

/** A PDF, a text and a web page. */
async function makeDocuments(): Promise<TestDocument[]> {
  const title = `${SECRET} in the title`;
  const body = LINES.map((line) => `<p>${line}</p>`).join('');
  return [
    await makePdf({ name: `${SECRET} plans.pdf`, title, pages: [LINES, LINES] }),
    textDocument(`${SECRET} plans.txt`, LINES.join('\n')),
    textDocument(`${SECRET} plans.html`, `<html><head><title>${title}</title></head><body>${body}</body></html>`),
  ];
}

describe('deleting documents that were classified', () => {
  test('with --purge-quotes-on-delete leaves nothing of them in the data folder', async () => {
    const dataFolder = temporaryFolder();
    await using server = await startServer({ dataFolder, args: ['--purge-quotes-on-delete'] });
    const client = new ApiClient(server.url);
    const secrets = await classifySecrets(client);
    const traces = [SECRET, QUOTED, ...secrets.flatMap(({ quotes }) => quotes), ...tracesOf(dataFolder)];
    // Otherwise the search below would prove nothing.
    for (const trace of traces) expect(findInFolder(dataFolder, trace), describeTrace(trace)).not.toEqual([]);

    for (const { file } of secrets) await client.deleteFile(file.id);
    const left = () => traces.filter((trace) => findInFolder(dataFolder, trace).length > 0).map(describeTrace);
    expect(left(), 'while the server runs').toEqual([]);
    expectForgotten(dataFolder);
    for (const { job, quotes } of secrets) {
      const after = await client.job(job.id);
      expect(after).toMatchObject({ status: 'COMPLETED', result: { ...job.result, reasoning: expect.any(String) } });
      for (const quote of quotes) expect(after.result?.reasoning).not.toContain(quote);
      expect((await explain(client, job)).status).toBe(404);
      expect(JSON.stringify((await getParse(client, job)).body)).not.toContain(SECRET);
    }
    expect(await server.stop()).toBe(0);
    expect(left(), 'after it stopped').toEqual([]);
    for (const text of traces) if (typeof text === 'string') expect(server.log()).not.toContain(text);
  });

  test(`at any moment of the work on them leaves nothing either (seed ${seed})`, { timeout: 300_000 }, async () => {
    await using server = await startServer({ args: ['--purge-quotes-on-delete'] });
    const client = new ApiClient(server.url);
    const random = randomFrom(seed);
    const pdf = await makePdf({ name: `${SECRET}.pdf`, title: SECRET, pages: [LINES, LINES, LINES] });
    const jobs = await inParallel({ count: ROUNDS, width: 3 }, async (number) => {
      const { id: file_input } = await client.upload(variantOf(pdf, number));
      const { id } = await client.create({ file_input, configuration: CONFIDENTIAL });
      await delay(random() * LONGEST_WORK_MS);
      await client.deleteFile(file_input);
      return client.ended(id);
    });
    const isExpected = ({ status, error_message }: ApiJob) =>
      status === 'COMPLETED' || error_message?.startsWith('resource.document_deleted: ');
    expect(jobs.filter((job) => !isExpected(job))).toEqual([]);
    expectForgotten(server.dataFolder);
    for (const text of [SECRET, QUOTED]) expect(findInFolder(server.dataFolder, text), text).toEqual([]);
  });

  test('without it takes bytes, pages, text and explanations away, and leaves the answers as they were', async () => {
    const dataFolder = temporaryFolder();
    await using server = await startServer({ dataFolder });
    const client = new ApiClient(server.url);
    const secrets = await classifySecrets(client);
    const traces = tracesOf(dataFolder);
    for (const { file, job, quotes } of secrets) {
      expect(JSON.stringify((await getParse(client, job)).body)).toContain(SECRET);
      await client.deleteFile(file.id);
      expect(await client.job(job.id)).toEqual(job);
      expect(job.result?.reasoning).toContain(quotes[0]);
      expect((await explain(client, job)).status).toBe(404);
      const { status, body } = await getParse(client, job);
      const nothing = { text: null, text_full: null, markdown: null, markdown_full: null };
      if (status !== 404) expect(body).toMatchObject(nothing);
      const again = await client.sendCreate({ file_input: job.parse_job_id, configuration: CONFIDENTIAL });
      expect(again).toMatchObject({ status: 400, body: { detail: expect.stringContaining('deleted') } });
      expect((await client.send('GET', `/api/v1/beta/files/${file.id}`)).status).toBe(404);
      expect((await client.sendCreate({ file_input: file.id, configuration: CONFIDENTIAL })).status).toBe(404);
    }
    expectForgotten(dataFolder);
    for (const trace of traces) expect(findInFolder(dataFolder, trace), describeTrace(trace)).toEqual([]);
  });
});

describe('files of equal content', () => {
  const server = sharedServer();

  test('deleting one keeps the others whole; deleting the last one deletes the content', async () => {
    const { client } = server;
    const [one, other] = [await client.upload(tinyInvoice()), await client.upload(tinyInvoice())];
    const first = await client.classify({ file_input: one.id, configuration: CONFIGURATION });
    expect(blobsIn(server.dataFolder)).toHaveLength(1);

    await client.deleteFile(one.id);
    expect(await contentOf(client, other.id)).toEqual(Buffer.from(tinyInvoice().bytes));
    const second = await client.classify({ file_input: other.id, configuration: CONFIGURATION });
    expect(second.result).toEqual(first.result);
    const reused = await client.classify({ file_input: first.parse_job_id, configuration: CONFIGURATION });
    expect(reused.result).toEqual(first.result);
    await client.deleteFile(other.id);
    expectForgotten(server.dataFolder);
  });

  test('uploading what is being deleted leads to a file that can be read', async () => {
    const { client } = server;
    let last = await client.upload(tinyInvoice());
    for (let round = 0; round < 25; round++) {
      const [next] = await Promise.all([client.upload(tinyInvoice()), client.deleteFile(last.id)]);
      const job = await client.classify({ file_input: next.id, configuration: CONFIGURATION });
      expect(job, job.error_message ?? '').toMatchObject({ status: 'COMPLETED', result: { type: 'invoice' } });
      expect(blobsIn(server.dataFolder)).toHaveLength(1);
      last = next;
    }
    await client.deleteFile(last.id);
  });
});

test.runIf(canListProcesses)('a job whose file is deleted before it was read FAILS and says so', async () => {
  await using server = await startServer({ args: ['--concurrency', '1'] });
  const client = new ApiClient(server.url);
  const files = [];
  const jobs: ApiJob[] = [];
  {
    using _paused = pauseEngine(server);
    for (let number = 1; number <= 4; number++) {
      const file = await client.upload(tinyInvoice(number));
      files.push(file);
      jobs.push(await client.create({ file_input: file.id, configuration: CONFIGURATION }));
    }
    for (const { id } of files.slice(1)) await client.deleteFile(id);
  }
  await client.allEnded();
  const [first, ...others] = await Promise.all(jobs.map(({ id }) => client.job(id)));
  expect(first?.status).toBe('COMPLETED');
  for (const job of others) {
    expect(job).toMatchObject({ status: 'FAILED', result: null });
    expect(job.error_message).toMatch(/^resource\.document_deleted: /);
    expect(job.error_message).not.toContain(server.dataFolder);
  }
});

interface ClassifiedSecret {
  readonly file: { readonly id: string };
  readonly job: ApiJob;
  /** Words of the document that stand in the answer. */
  readonly quotes: readonly string[];
}

async function classifySecrets(client: ApiClient): Promise<ClassifiedSecret[]> {
  const secrets: ClassifiedSecret[] = [];
  for (const document of await makeDocuments()) {
    const file = await client.upload(document);
    const job = await client.classify({ file_input: file.id, configuration: CONFIDENTIAL });
    const reasoning = job.result?.reasoning ?? '';
    const quotes = [...reasoning.matchAll(/"([^"]+)"/g)].map(([, quote = '']) => quote);
    const long = quotes.filter(({ length }) => length > 6);
    expect(long.length, reasoning).toBeGreaterThan(0);
    expect(JSON.stringify(CONFIDENTIAL)).not.toContain(long[0]);
    expect((await explain(client, job)).status).toBe(200);
    secrets.push({ file, job, quotes: long });
  }
  return secrets;
}

/** Bytes that stand for the document where it is stored: each page record, deflated as it is, and the upload itself. */
function tracesOf(dataFolder: string): Buffer[] {
  using database = openDatabase(dataFolder);
  const pages = database.rows<{ data: Buffer }>('SELECT data FROM page_records').map(({ data }) => data);
  expect(pages.length).toBeGreaterThan(0);
  const blobs = blobsIn(dataFolder).map((path) => readFileSync(join(dataFolder, path)));
  expect(blobs.length).toBeGreaterThan(0);
  return [...pages, ...blobs];
}

/** Nothing that belongs to a content is left where it would be stored. */
function expectForgotten(dataFolder: string): void {
  expect(blobsIn(dataFolder)).toEqual([]);
  using database = openDatabase(dataFolder);
  for (const table of ['contents', 'files', 'page_records', 'document_heads']) {
    expect(database.rows(`SELECT * FROM ${table}`), table).toEqual([]);
  }
  expect(database.rows('SELECT id FROM parse_jobs WHERE content_hash IS NOT NULL')).toEqual([]);
  expect(filesIn(dataFolder).filter((path) => /tmp|part/.test(path))).toEqual([]);
}

function describeTrace(trace: string | Buffer): string {
  return typeof trace === 'string' ? trace : `${trace.length} bytes beginning with ${trace.toString('hex', 0, 8)}`;
}

function explain(client: ApiClient, { id }: ApiJob) {
  return client.send('GET', `/api/local/classify/${id}/explanation`);
}

function getParse(client: ApiClient, { parse_job_id: id }: ApiJob) {
  const expand = ['text', 'text_full', 'markdown', 'markdown_full'];
  return client.send('GET', `/api/v2/parse/${id}`, { query: { expand } });
}

async function contentOf(client: ApiClient, fileId: string): Promise<Buffer> {
  const { url } = await client.request<{ url: string }>('GET', `/api/v1/beta/files/${fileId}/content`);
  return Buffer.from(await (await fetch(url)).arrayBuffer());
}
