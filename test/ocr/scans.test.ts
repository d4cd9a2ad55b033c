import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ApiClient } from '../server/support/api-client.js';
import { fixture } from '../server/support/documents.js';
import { startServer } from '../support/docket-server.js';
import { canTrace, reachedIn, traced } from '../support/network-trace.js';
import { answerOf, onlyClassified, parseLines } from '../support/outcome.js';
import { fixturesFolder } from '../support/project.js';
import { runDocket } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const receipt = join(fixturesFolder, 'documents', 'scanned-receipt.pdf');
const rules = join(fixturesFolder, 'rules.yaml');
const SLOW = { timeout: 120_000 };

describe('a scan, read by the command', () => {
  const place = temporaryFolder({});
  const [home, here] = [join(place, 'home'), join(place, 'here')];
  beforeAll(() => {
    for (const folder of [home, here]) mkdirSync(folder);
  });
  const env = { HOME: home, DOCKET_HOME: join(home, 'data'), DOCKET_LIMITS_OCR_PAGE_MS: '120000' };
  const options = { folder: here, env };

  test.skipIf(!canTrace)('fetches nothing, and leaves no file behind (needs strace)', SLOW, async () => {
    const log = join(place, 'trace.log');
    const argv = ['classify', receipt, '--rules', rules, '--format', 'jsonl'];
    const { exitCode, stdout } = await runDocket(argv, { ...options, launcher: traced(log) });
    expect(exitCode).toBe(0);
    expect(onlyClassified(stdout).reasoning).toMatch(/Page 1 read by OCR, confidence \d+\./);
    expect(reachedIn(log)).toEqual({ loopback: [], beyond: [] });
    expect([...readdirSync(here), ...readdirSync(home)]).toEqual([]);
  });

  test('needs the language that is named, and documents with text beside it do not', SLOW, async () => {
    const paths = [receipt, join(fixturesFolder, 'documents', 'invoice-1p.pdf')];
    const argv = ['classify', ...paths, '--rules', rules, '--lang', 'ka', '--format', 'jsonl'];
    const { exitCode, stdout } = await runDocket(argv, options);
    expect(exitCode).toBe(1);
    expect(parseLines(stdout).map(answerOf)).toEqual([{ error: 'model.not_installed' }, { type: 'invoice' }]);
  });
});

test('a scan has its text from the parse route and its kind from the classify route of a server', SLOW, async () => {
  await using server = await startServer({
    args: ['--ocr-max-pages', '1', '--ocr-engine', 'tesseract.js'],
    env: { DOCKET_LIMITS_OCR_PAGE_MS: '120000' },
  });
  const client = new ApiClient(server.url);
  const { id: file_input } = await client.upload(fixture('scanned-receipt.pdf'));
  const configuration = { rules: [{ type: 'receipt', description: 'Proof of a payment in a shop, with a total' }] };
  const { result, parse_job_id, error_message } = await client.classify({ file_input, configuration });
  expect(error_message).toBe(null);
  expect(result?.reasoning).toMatch(/Page 1 read by OCR, confidence \d+\./);
  const query = { expand: 'text' };
  const { text } = await client.request<ParsedText>('GET', `/api/v2/parse/${parse_job_id}`, { query });
  expect(text.pages.map(({ page_number }) => page_number)).toEqual([1]);
  expect(text.pages[0]?.text).toMatch(/total/i);
});

interface ParsedText {
  readonly text: { readonly pages: readonly { readonly page_number: number; readonly text: string }[] };
}
