import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startServer } from '../support/docket-server.js';
import { canListProcesses } from '../support/engine-processes.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { ApiClient, type ApiJob } from './support/api-client.js';
import { blobsIn, filesIn, findInFolder } from './support/data-folder.js';
import { openDatabase } from './support/database.js';
import { CONFIGURATION, type TestDocument, textDocument, tinyInvoice } from './support/documents.js';
import { makePdf } from './support/make-pdf.js';
import { pauseEngine } from './support/paused-engine.js';

/** Stands in the text, the name and the title of what is to be forgotten, and nowhere else. */
const SECRET = 'Quokkafeather';

const LINES = [
  'STATEMENT',
  `Project ${SECRET}: confidential`,
  'Invoice number: 2024-0815',
  'Bill to: Northwind Traders, 12 Harbour Road',
  'Subtotal 32.00, VAT 6.40, Total due 38.40. Payment terms: 30 days.',
];

/** No word of these is quoted from a document. */
const CONFIDENTIAL = {
  rules: [{ type: 'demand', description: 'Somebody asks somebody else for money after a delivery of wares.' }],
};

const documents = [
  {
    kind: 'a PDF',
    make: () => makePdf({ name: `${SECRET} plans.pdf`, title: `${SECRET} in the title`, pages: [LINES, LINES] }),
  },
  { kind: 'a text', make: async () => textDocument(`${SECRET} plans.txt`, LINES.join('\n')) },
  {
    kind: 'a web page',
    make: async () => {
      const body = LINES.map((line) => `<p>${line}</p>`).join('');
      const page = `<html><head><title>${SECRET} in the title</title></head><body>${body}</body></html>`;
      return textDocument(`${SECRET} plans.html`, page);
    },
  },
];

describe.each(documents)('deleting $kind that was classified', ({ make }) => {
  test('with --purge-quotes-on-delete leaves nothing of it in the data folder', async () => {
    const dataFolder = temporaryFolder();
    await using server = await startServer({ dataFolder, args: ['--purge-quotes-on-delete'] });
    const client = new ApiClient(server.url);
    const { file, job, evidence } = await classifySecret(client, await make());
    const traces = [...evidence, ...tracesOf(dataFolder)];
    // Otherwise the search below would prove nothing.
    for (const trace of traces) expect(findInFolder(dataFolder, trace), describeTrace(trace)).not.toEqual([]);

    await client.deleteFile(file.id);
    const left = () => traces.filter((trace) => findInFolder(dataFolder, trace).length > 0).map(describeTrace);
    expect(left(), 'while the server runs').toEqual([]);
    expectForgotten(dataFolder);
    const after = await client.job(job.id);
    expect(after).toMatchObject({ status: 'COMPLETED', result: { ...job.result, reasoning: expect.any(String) } });
    for (const quote of evidence) expect(after.result?.reasoning).not.toContain(quote);
    expect((await explain(client, job)).status).toBe(404);
    expect(JSON.stringify((await getParse(client, job)).body)).not.toContain(SECRET);
    expect(await server.stop()).toBe(0);
    expect(left(), 'after it stopped').toEqual([]);
    expect(server.log()).not.toContain(SECRET);
    for (const quote of evidence) expect(server.log()).not.toContain(quote);
  });

  test('without it takes bytes, pages and text away, and leaves the answer as it was', async () => {
    const dataFolder = temporaryFolder();
    await using server = await startServer({ dataFolder });
    const client = new ApiClient(server.url);
    const { file, job, evidence } = await classifySecret(client, await make());
    expect(JSON.stringify((await getParse(client, job)).body)).toContain(SECRET);
    const pages = tracesOf(dataFolder);

    await client.deleteFile(file.id);
    expectForgotten(dataFolder);
    for (const page of pages) expect(findInFolder(dataFolder, page), describeTrace(page)).toEqual([]);
    const after = await client.job(job.id);
    expect(after).toEqual(job);
    expect(after.result?.reasoning).toContain(evidence[0]);
    const { status, body } = await getParse(client, job);
    if (status !== 404)
      expect(body).toMatchObject({ text: null, text_full: null, markdown: null, markdown_full: null });
    const again = await client.sendCreate({ file_input: job.parse_job_id, configuration: CONFIDENTIAL });
    expect(again).toMatchObject({ status: 400, body: { detail: expect.stringContaining('deleted') } });
    expect((await client.send('GET', `/api/v1/beta/files/${file.id}`)).status).toBe(404);
    expect((await client.sendCreate({ file_input: file.id, configuration: CONFIDENTIAL })).status).toBe(404);
  });
});

describe('files of equal content', () => {
  test('deleting one keeps the others whole; deleting the last one deletes the content', async () => {
    await using server = await startServer();
    const client = new ApiClient(server.url);
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
    await using server = await startServer();
    const client = new ApiClient(server.url);
    let last = await client.upload(tinyInvoice());
    for (let round = 0; round < 25; round++) {
      const [next] = await Promise.all([client.upload(tinyInvoice()), client.deleteFile(last.id)]);
      const job = await client.classify({ file_input: next.id, configuration: CONFIGURATION });
      expect(job, job.error_message ?? '').toMatchObject({ status: 'COMPLETED', result: { type: 'invoice' } });
      expect(blobsIn(server.dataFolder)).toHaveLength(1);
      last = next;
    }
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
  /** Words of the document that stand in the answer, and the secret itself. */
  readonly evidence: readonly string[];
}

async function classifySecret(client: ApiClient, document: TestDocument): Promise<ClassifiedSecret> {
  const file = await client.upload(document);
  const job = await client.classify({ file_input: file.id, configuration: CONFIDENTIAL });
  const reasoning = job.result?.reasoning ?? '';
  const quotes = [...reasoning.matchAll(/"([^"]+)"/g)]
    .map(([, quote = '']) => quote)
    .filter(({ length }) => length > 6);
  expect(quotes.length, reasoning).toBeGreaterThan(0);
  expect(JSON.stringify(CONFIDENTIAL)).not.toContain(quotes[0]);
  expect((await explain(client, job)).status).toBe(200);
  return { file, job, evidence: [...quotes, SECRET] };
}

/** Bytes that stand for the document where it is stored: each page record, deflated as it is, and the upload itself. */
function tracesOf(dataFolder: string): Buffer[] {
  using database = openDatabase(dataFolder);
  const pages = database.rows<{ data: Buffer }>('SELECT data FROM page_records').map(({ data }) => data);
  expect(pages.length).toBeGreaterThan(0);
  const blobs = blobsIn(dataFolder).map((path) => readFileSync(join(dataFolder, path)));
  expect(blobs).toHaveLength(1);
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
