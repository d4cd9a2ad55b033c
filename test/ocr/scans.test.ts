import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readDocument } from '@docket/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { ApiClient } from '../server/support/api-client.js';
import { CONFIGURATION, fixture } from '../server/support/documents.js';
import { startServer } from '../support/docket-server.js';
import { canTrace, reachedIn, traced } from '../support/network-trace.js';
import { answerOf, onlyClassified, parseLines } from '../support/outcome.js';
import { fixturesFolder } from '../support/project.js';
import { runDocket, runProcess } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const receipt = join(fixturesFolder, 'documents', 'scanned-receipt.pdf');
const rules = join(fixturesFolder, 'rules.yaml');
const SLOW = { timeout: 180_000 };

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

test('a program that read a scan ends by itself, for the thread that stays does not keep it', SLOW, async () => {
  const script = `import { readDocument } from '@docket/core';
    const limits = { maxBytes: 1e8, maxPages: 9, maxCharacters: 1e6, openMs: 1e5, pageMs: 1e5, ocrPageMs: 1e5, maxMs: 1e6 };
    const { pages } = await readDocument('documents/invoice-1p.pdf', { ocr: 'always', limits });
    console.log(pages[0].method);`;
  const argv = [process.execPath, '--input-type=module', '--eval', script];
  expect(await runProcess(argv, {})).toEqual({ exitCode: 0, stdout: 'ocr\n', stderr: '' });
});

test('what a server reads by OCR is what its parse route gives', SLOW, async () => {
  await using server = await startServer({
    args: ['--ocr', 'always', '--ocr-max-pages', '1', '--ocr-engine', 'tesseract.js'],
    env: { DOCKET_LIMITS_OCR_PAGE_MS: '120000' },
  });
  const client = new ApiClient(server.url);
  const { id: file_input } = await client.upload(fixture('contract-3p.pdf'));
  const parsing_configuration = { max_pages: 2 };
  const { id } = await client.create({ file_input, configuration: { ...CONFIGURATION, parsing_configuration } });
  // Engine processes of a server stand behind all others.
  await client.allEnded(150_000);
  const job = await client.job(id);
  expect(job.error_message).toBe(null);
  expect(job.result?.reasoning).toMatch(/Page 1 read by OCR, confidence \d+\./);
  const query = { expand: 'text' };
  const { text } = await client.request<ParsedText>('GET', `/api/v2/parse/${job.parse_job_id}`, { query });
  expect(text.pages.map(({ page_number }) => page_number)).toEqual([1, 2]);
  // What OCR reads is near to the text of the page, and not the same.
  const [first, second] = text.pages.map((page) => page.text);
  const { text: plain } = await readText('contract-3p.pdf');
  expect(first).not.toBe(plain[0]);
  expect(first).toMatch(/agreement/i);
  expect(second).toBe(plain[1]);
});

async function readText(name: string) {
  const { pages } = await readDocument(join(fixturesFolder, 'documents', name), { ocr: 'off' });
  return { text: pages.map((page) => page.text) };
}

interface ParsedText {
  readonly text: { readonly pages: readonly { readonly page_number: number; readonly text: string }[] };
}
