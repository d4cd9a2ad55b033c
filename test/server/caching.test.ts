import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startServer } from '../support/docket-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { ApiClient, type ApiJob } from './support/api-client.js';
import { blobsIn } from './support/data-folder.js';
import { CONFIGURATION, fixture, RULES, sampleRules, variantOf } from './support/documents.js';
import { sharedServer } from './support/shared-server.js';

/** As much of an explanation as these suites look at. */
interface Explanation {
  readonly is_recalled: boolean;
  readonly timings: { readonly read_ms: number; readonly score_ms: number };
  readonly pages: { readonly selected: readonly number[] };
}

interface ParseResult {
  readonly job: { readonly status: string };
  readonly text: { readonly pages: readonly { readonly page_number: number; readonly text: string }[] } | null;
}

function explain(client: ApiClient, { id }: ApiJob): Promise<Explanation> {
  return client.request('GET', `/api/local/classify/${id}/explanation`);
}

function textOf(client: ApiClient, { parse_job_id: id }: ApiJob): Promise<ParseResult> {
  return client.request('GET', `/api/v2/parse/${id}`, { query: { expand: 'text' } });
}

test('a file is not read again for another rule set or name, nor after a restart: its bytes are not looked at', async () => {
  const dataFolder = temporaryFolder();
  const otherRules = { rules: await sampleRules() };
  await using server = await startServer({ dataFolder });
  const client = new ApiClient(server.url);
  const { id: file_input } = await client.upload(fixture('contract-3p.pdf'));
  const copy = await client.upload({ ...fixture('contract-3p.pdf'), name: 'copy.pdf' });
  const first = await client.classify({ file_input, configuration: CONFIGURATION });
  expect(await explain(client, first)).toMatchObject({ is_recalled: false, pages: { selected: [1, 2, 3] } });
  expect((await explain(client, first)).timings.read_ms).toBeGreaterThan(0);

  // Who reads them from now on fails.
  spoilBlobs(dataFolder);
  const second = await client.classify({ file_input, configuration: otherRules });
  expect(second).toMatchObject({ status: 'COMPLETED', result: { type: 'contract' } });
  const third = await client.classify({ file_input: copy.id, configuration: otherRules });
  expect(third.result).toEqual(second.result);
  const onePage = { ...otherRules, parsing_configuration: { target_pages: '2' } };
  const fourth = await client.classify({ file_input, configuration: onePage });
  for (const job of [second, third, fourth]) expect((await explain(client, job)).is_recalled).toBe(true);
  await server.stop();

  await using next = await startServer({ dataFolder });
  const nextClient = new ApiClient(next.url);
  const fifth = await nextClient.classify({ file_input, configuration: otherRules });
  expect(fifth.result).toEqual(second.result);
  expect((await explain(nextClient, fifth)).is_recalled).toBe(true);
});

/** Overwrites the stored bytes of every content. */
function spoilBlobs(dataFolder: string): void {
  for (const blob of blobsIn(dataFolder)) {
    const path = join(dataFolder, blob);
    expect(readFileSync(path).subarray(0, 4).toString()).toBe('%PDF');
    writeFileSync(path, Buffer.alloc(statSync(path).size));
  }
}

const CASES = [
  { name: 'manual-40p.pdf', parsing: { target_pages: '3, 7-9, 38' }, pages: [3, 7, 8, 9, 38] },
  { name: 'manual-40p.pdf', parsing: { max_pages: 4 }, pages: [1, 2, 3, 4] },
  { name: 'contract-3p.pdf', parsing: undefined, pages: [1, 2, 3] },
  { name: 'invoice-zh.pdf', parsing: { lang: 'zh' }, pages: [1] },
  { name: 'minutes.txt', parsing: undefined, pages: [1] },
  { name: 'recipe.html', parsing: { max_pages: 1 }, pages: [1] },
  { name: 'email-thread.eml', parsing: undefined, pages: [1] },
];

test('the parse job behind an answer leads to the text, and to the same bytes by pjb-, also after a restart', async () => {
  const dataFolder = temporaryFolder();
  const rules = await sampleRules();
  await using server = await startServer({ dataFolder });
  const client = new ApiClient(server.url);
  const requests: { readonly body: object; readonly expected: string; readonly by: ApiJob }[] = [];
  for (const { name, parsing, pages } of CASES) {
    const about = `${name} ${JSON.stringify(parsing)}`;
    const { id: file_input } = await client.upload(fixture(name));
    const configuration = { rules, ...(parsing ? { parsing_configuration: parsing } : {}) };
    const byFile = await client.classify({ file_input, configuration });
    expect(byFile, about).toMatchObject({ status: 'COMPLETED', parse_job_id: expect.stringMatching(/^pjb-/) });
    const { job, text } = await textOf(client, byFile);
    expect(job.status).toBe('COMPLETED');
    expect(
      text?.pages.map(({ page_number }) => page_number),
      about,
    ).toEqual(pages);
    for (const page of text?.pages ?? []) expect(page.text).toMatch(/\S/);
    const expected = JSON.stringify(byFile.result);
    const byParse = { file_input: byFile.parse_job_id, configuration };
    // It knows its pages itself.
    const byParseAlone = { file_input: byFile.parse_job_id, configuration: { rules } };
    for (const body of [byParse, byParseAlone, { file_input, configuration }]) {
      requests.push({ body, expected, by: byFile });
      const again = await client.classify(body);
      expect(JSON.stringify(again.result), about).toBe(expected);
      expect((await explain(client, again)).is_recalled, about).toBe(true);
    }
  }
  const texts = await Promise.all(requests.map(({ by }) => textOf(client, by)));
  await server.stop();

  await using next = await startServer({ dataFolder });
  const nextClient = new ApiClient(next.url);
  for (const [index, { body, expected, by }] of requests.entries()) {
    expect(JSON.stringify((await nextClient.classify(body)).result)).toBe(expected);
    expect(await textOf(nextClient, by)).toEqual(texts[index]);
  }
});

describe('what was read', () => {
  const server = sharedServer();

  test('does not stand for pages that were not wanted before', async () => {
    const { client } = server;
    const { id: file_input } = await client.upload(fixture('manual-40p.pdf'));
    const pages = (target_pages: string) =>
      client.classify({ file_input, configuration: { rules: RULES, parsing_configuration: { target_pages } } });
    const [one, other] = [await pages('1-3'), await pages('3,38')];
    for (const job of [one, other]) expect((await explain(client, job)).is_recalled).toBe(false);
    const both = await pages('2,38');
    expect(await explain(client, both)).toMatchObject({ is_recalled: true, pages: { selected: [2, 38] } });
  });

  test('by a parse job serves the file, and the parse job stays the one that was given', async () => {
    const { client } = server;
    const { id: file_id } = await client.upload(variantOf(fixture('invoice-1p.pdf'), 1));
    const json = { file_id, tier: 'fast', version: 'latest' };
    const parse = await client.request<{ id: string }>('POST', '/api/v2/parse', { json });
    // It need not have ended yet.
    const job = await client.classify({ file_input: parse.id, configuration: CONFIGURATION });
    expect(job).toMatchObject({ status: 'COMPLETED', parse_job_id: parse.id, result: { type: 'invoice' } });
    const byFile = await client.classify({ file_input: file_id, configuration: CONFIGURATION });
    expect(JSON.stringify(byFile.result)).toBe(JSON.stringify(job.result));
    expect((await explain(client, byFile)).is_recalled).toBe(true);
  });
});
