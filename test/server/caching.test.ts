import { describe, expect, test } from 'vitest';
import { startServer } from '../support/docket-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { ApiClient, type ApiJob } from './support/api-client.js';
import { CONFIGURATION, fixture, RULES, sampleRules, variantOf } from './support/documents.js';

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

/** Readings of documents so far, as the metrics count them. */
async function readingsOf(client: ApiClient): Promise<number> {
  const { body } = await client.send<string>('GET', '/metrics');
  const count = /^docket_extraction_seconds_count(?:\{[^}]*\})? (\d+)$/m.exec(body)?.[1];
  if (count === undefined) throw new Error('the metrics do not count readings');
  return Number(count);
}

describe('a file that was read', () => {
  test('is not read again for another rule set, nor for equal bytes under another name, nor after a restart', async () => {
    const dataFolder = temporaryFolder();
    await using server = await startServer({ dataFolder });
    const client = new ApiClient(server.url);
    const readings = await readingsOf(client);
    const { id: file_input } = await client.upload(fixture('contract-3p.pdf'));
    const first = await client.classify({ file_input, configuration: CONFIGURATION });
    expect(await explain(client, first)).toMatchObject({ is_recalled: false, pages: { selected: [1, 2, 3] } });
    expect((await explain(client, first)).timings.read_ms).toBeGreaterThan(0);
    expect(await readingsOf(client)).toBe(readings + 1);

    const otherRules = { rules: await sampleRules() };
    const second = await client.classify({ file_input, configuration: otherRules });
    expect(second.result?.type).toBe('contract');
    const copy = await client.upload({ ...fixture('contract-3p.pdf'), name: 'copy.pdf' });
    const third = await client.classify({ file_input: copy.id, configuration: otherRules });
    expect(third.result).toEqual(second.result);
    const fewer = { ...otherRules, parsing_configuration: { target_pages: '2' } };
    const fourth = await client.classify({ file_input, configuration: fewer });
    for (const job of [second, third, fourth]) expect((await explain(client, job)).is_recalled).toBe(true);
    expect(await readingsOf(client)).toBe(readings + 1);
    await server.stop();

    await using next = await startServer({ dataFolder });
    const nextClient = new ApiClient(next.url);
    const fifth = await nextClient.classify({ file_input, configuration: otherRules });
    expect(fifth.result).toEqual(second.result);
    expect((await explain(nextClient, fifth)).is_recalled).toBe(true);
  });

  test('is read again for pages that were not wanted before', async () => {
    await using server = await startServer();
    const client = new ApiClient(server.url);
    const { id: file_input } = await client.upload(fixture('manual-40p.pdf'));
    const pages = (target_pages: string) =>
      client.classify({ file_input, configuration: { rules: RULES, parsing_configuration: { target_pages } } });
    const [one, other] = [await pages('1-3'), await pages('3,38')];
    for (const job of [one, other]) expect((await explain(client, job)).is_recalled).toBe(false);
    const both = await pages('2,38');
    expect(await explain(client, both)).toMatchObject({ is_recalled: true, pages: { selected: [2, 38] } });
  });
});

const cases = [
  { name: 'manual-40p.pdf', parsing: { target_pages: '3, 7-9, 38' }, pages: [3, 7, 8, 9, 38] },
  { name: 'manual-40p.pdf', parsing: { max_pages: 4 }, pages: [1, 2, 3, 4] },
  { name: 'contract-3p.pdf', parsing: undefined, pages: [1, 2, 3] },
  { name: 'invoice-zh.pdf', parsing: { lang: 'zh' }, pages: [1] },
  { name: 'minutes.txt', parsing: undefined, pages: [1] },
  { name: 'recipe.html', parsing: { max_pages: 1 }, pages: [1] },
  { name: 'email-thread.eml', parsing: undefined, pages: [1] },
];

describe('the parse job behind an answer', () => {
  test.each(cases)(
    'leads to the text, and to the same bytes by pjb-: $name, $parsing',
    async ({ name, parsing, pages }) => {
      const dataFolder = temporaryFolder();
      await using server = await startServer({ dataFolder });
      const client = new ApiClient(server.url);
      const { id: file_input } = await client.upload(fixture(name));
      const rules = await sampleRules();
      const configuration = { rules, ...(parsing ? { parsing_configuration: parsing } : {}) };
      const byFile = await client.classify({ file_input, configuration });
      expect(byFile).toMatchObject({ status: 'COMPLETED', parse_job_id: expect.stringMatching(/^pjb-/) });
      const { job, text } = await textOf(client, byFile);
      expect(job.status).toBe('COMPLETED');
      expect(text?.pages.map(({ page_number }) => page_number)).toEqual(pages);
      for (const page of text?.pages ?? []) expect(page.text).toMatch(/\S/);

      const expected = JSON.stringify(byFile.result);
      const byParse = { file_input: byFile.parse_job_id, configuration };
      // The parse job knows its pages itself.
      const byParseAlone = { file_input: byFile.parse_job_id, configuration: { rules } };
      for (const body of [byParse, byParseAlone, { file_input, configuration }]) {
        const again = await client.classify(body);
        expect(JSON.stringify(again.result)).toBe(expected);
        expect((await explain(client, again)).is_recalled).toBe(true);
      }
      await server.stop();

      await using next = await startServer({ dataFolder });
      const nextClient = new ApiClient(next.url);
      for (const body of [byParse, { file_input, configuration }]) {
        expect(JSON.stringify((await nextClient.classify(body)).result)).toBe(expected);
      }
      expect(await textOf(nextClient, byFile)).toMatchObject({ text });
    },
  );

  test('is the one that was given, when one was given', async () => {
    await using server = await startServer();
    const client = new ApiClient(server.url);
    const { id: file_id } = await client.upload(variantOf(fixture('invoice-1p.pdf'), 1));
    const json = { file_id, tier: 'fast', version: 'latest' };
    const parse = await client.request<{ id: string }>('POST', '/api/v2/parse', { json });
    // It need not have ended yet.
    const job = await client.classify({ file_input: parse.id, configuration: CONFIGURATION });
    expect(job).toMatchObject({ status: 'COMPLETED', parse_job_id: parse.id, result: { type: 'invoice' } });
    const byFile = await client.classify({ file_input: file_id, configuration: CONFIGURATION });
    expect(JSON.stringify(byFile.result)).toBe(JSON.stringify(job.result));
  });
});
