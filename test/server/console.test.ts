import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DocumentResult, measure, type RunSummary, writeRun } from '@docket/evals';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DocketServer, startServer } from '../support/docket-server.js';
import { canListProcesses } from '../support/engine-processes.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { ApiClient } from './support/api-client.js';
import { CONFIGURATION, fixture, RULES, tinyInvoice } from './support/documents.js';
import { launchServer } from './support/launch-server.js';
import { pauseEngine } from './support/paused-engine.js';
import { sendRaw } from './support/raw-request.js';

interface Evidence {
  readonly page: number;
  readonly quote: string;
  readonly boxes: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
}

interface Explanation {
  readonly labels: readonly { readonly evidence: readonly Evidence[] }[];
  readonly is_recalled: boolean;
}

interface Score {
  readonly result: { readonly type: string | null };
  readonly explanation: Explanation;
}

/** A run of one document. */
const RESULT: DocumentResult = {
  id: 'a.txt',
  status: 'classified',
  expected: 'invoice',
  answered: 'invoice',
  confidence: 0.9,
  floor: 0.5,
  margin: 0,
  ranking: [{ type: 'invoice', confidence: 0.9 }],
  reasoning: 'Page 1 says so.',
  evidence: [],
  tags: [],
  readMs: 1,
  scoreMs: 1,
  wasRead: true,
};
const SUMMARY: RunSummary = {
  format: 'docket.bench/1',
  docket: '0.1.0',
  startedAt: '2026-11-24T08:00:00.000Z',
  durationMs: 10,
  dataset: { name: 'mine', path: '/mine', items: 1, problems: [], unknownLabels: [] },
  rules: { file: 'rules.yaml', identity: 'abc', rules: RULES, tuned: false },
  scorer: 'auto',
  engine: 'auto (evidence/1)',
  metrics: measure([RESULT], { types: RULES.map(({ type }) => type), durationMs: 10, samples: 20 }),
};

const invoice = fixture('invoice-1p.pdf');
const configuration = { rules: RULES };

describe('what the console needs of a server', () => {
  let server: DocketServer;
  let client: ApiClient;
  const runs = temporaryFolder({});
  beforeAll(async () => {
    await writeRun({ summary: SUMMARY, results: [RESULT] }, join(runs, 'first'));
    server = await startServer({ args: ['--concurrency', '1', '--runs', runs] });
    client = new ApiClient(server.url);
  }, 90_000);
  afterAll(() => server?.[Symbol.asyncDispose]());

  // First: the server has no engine process but that for jobs yet.
  test.runIf(canListProcesses)(
    'a score is answered while all that works on jobs hangs, and the queue is long',
    async () => {
      const { id } = await client.upload(invoice);
      await client.classify({ file_input: id, configuration });
      using _paused = pauseEngine(server);
      const jobs = Array.from({ length: 50 }, () => client.create({ file_input: id, configuration: CONFIGURATION }));
      await Promise.all(jobs);
      const json = { file_id: id, configuration: { rules: [...RULES].reverse() }, page_id: 'page' };
      const { result } = await client.request<Score>('POST', '/api/local/score', { json });
      expect(result.type).toBe('invoice');
      const unread = await client.upload(tinyInvoice());
      const fresh = await client.request<Score>('POST', '/api/local/score', { json: { ...json, file_id: unread.id } });
      expect(fresh.result.type).toBe('invoice');
      const ended = (await client.jobs()).filter(({ status }) => status === 'COMPLETED');
      expect(ended).toHaveLength(1);
    },
  );

  test('a job is explained with the place of each quote, as a score is', async () => {
    const { id } = await client.upload(invoice);
    const job = await client.classify({ file_input: id, configuration });
    const jobs = (await client.jobs()).length;
    const explained = await client.request<Explanation>('GET', `/api/local/classify/${job.id}/explanation`);
    const quoted = explained.labels[0]?.evidence.filter(({ page }) => page > 0) ?? [];
    expect(quoted.length).toBeGreaterThan(0);
    for (const { boxes } of quoted) {
      expect(boxes.length).toBeGreaterThan(0);
      for (const { x, y, width, height } of boxes) {
        expect(Math.min(x, y, width, height)).toBeGreaterThanOrEqual(0);
        expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1.000001);
      }
    }
    const scored = await client.request<Score>('POST', '/api/local/score', { json: { file_id: id, configuration } });
    expect(scored.explanation).toMatchObject({ labels: explained.labels, is_recalled: true });
    expect((await client.jobs()).length).toBe(jobs);
  });

  test('streams of events tell of jobs and end when the server stops, which they do not hold up', async () => {
    await using launched = launchServer({ dataFolder: temporaryFolder(), args: ['--concurrency', '1'] });
    const client = new ApiClient(await launched.address);
    await launched.ready;
    const stream = await fetch(`${client.url}/api/local/events`);
    const { id: file_input } = await client.upload(tinyInvoice());
    const { id } = await client.classify({ file_input, configuration: CONFIGURATION });
    let text = '';
    let isStopping = false;
    for await (const chunk of stream.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (isStopping || !text.includes(`"id":"${id}","status":"COMPLETED"`)) continue;
      isStopping = true;
      launched.send('SIGTERM');
    }
    expect(text).toMatch(/^id: .*\nevent: ready\n/);
    expect(await launched.ended).toMatchObject({ exitCode: 0, signal: null });
  });

  test('its page is open to all; with keys, what it asks for is not', async () => {
    const folder = temporaryFolder();
    await writeFile(join(folder, 'keys.txt'), 'llx-a-key-of-the-tests\n', { mode: 0o600 });
    await using server = await startServer({ args: ['--api-key-file', join(folder, 'keys.txt')] });
    const client = new ApiClient(server.url);
    const page = await client.send<string>('GET', '/');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const script = /src="\.(\/assets\/[^"]+\.js)"/.exec(page.body)?.[1] ?? '';
    expect((await client.send('GET', script)).status).toBe(200);
    const asked = ['/state', '/samples', '/samples/invoice.pdf', '/events', '/runs', '/files/dfl-x/pages'];
    for (const path of asked) {
      const { status, headers } = await client.send('GET', `/api/local${path}`);
      expect([path, status, headers.get('docket-error-code')]).toEqual([path, 401, 'auth.missing_key']);
    }
    for (const path of ['/score', '/lint', '/files']) {
      expect((await client.send('POST', `/api/local${path}`, { json: {} })).status).toBe(401);
    }
    const headers = { authorization: 'Bearer llx-a-key-of-the-tests' };
    expect((await client.send('GET', '/api/local/samples', { headers })).status).toBe(200);
  });

  test('pages of others can neither show it nor ask in its name', async () => {
    const foreignHost = { method: 'GET', path: '/', headers: { host: 'attacker.example' } };
    expect((await sendRaw(server.url, foreignHost)).status).toBe(403);
    for (const path of ['/score', '/lint', '/files']) {
      const headers = { origin: 'https://attacker.example' };
      const { status } = await client.send('POST', `/api/local${path}`, { json: {}, headers });
      expect([path, status]).toEqual([path, 403]);
    }
    const { headers } = await client.send('GET', '/');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('set-cookie')).toBeNull();
    const paths = ['/assets/../package.json', '/assets/%2e%2e/%2e%2e/package.json', '/assets/..%2f..%2fpackage.json'];
    for (const path of paths) {
      const answer = await sendRaw(server.url, { method: 'GET', path, headers: {} });
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  test('a run of docket bench is shown as docket bench wrote it', async () => {
    const list = await client.request('GET', '/api/local/runs');
    expect(list).toMatchObject({ is_given: true, runs: [{ name: 'first' }] });
    const shown = await client.request('GET', '/api/local/runs/first');
    expect(shown).toMatchObject({ total: 1, results: [{ id: 'a.txt', answered: 'invoice' }] });
  });
});
