import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DocumentResult, measure, type RunSummary, writeRun } from '@docket/evals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BenchRuns } from '../runs/bench-runs.js';
import { TestServer } from '../testing/test-server.js';

function result(id: string, expected: string, answered: string): DocumentResult {
  const ranking = [{ type: answered, confidence: 0.9 }];
  const about = { floor: 0.5, margin: 0, reasoning: 'It says so.', evidence: [], tags: [], readMs: 1, scoreMs: 1 };
  return {
    id,
    path: `/secret/${id}`,
    status: 'classified',
    expected,
    answered,
    confidence: 0.9,
    ranking,
    wasRead: true,
    ...about,
  };
}

const failed: DocumentResult = {
  id: 'c.pdf',
  status: 'failed',
  expected: 'invoice',
  tags: [],
  code: 'document.corrupt',
  message: 'it is damaged: /secret/far away/c.pdf, "/other/secret/c.pdf" at https://docket.example/a/b',
};

const PROBLEMS = [
  {
    kind: 'missing_file' as const,
    place: 'mine.csv:2',
    message: 'there is no file /secret/mine/d e.pdf; it counts as failed',
  },
];

async function writeSample(folder: string, startedAt: string, results: readonly DocumentResult[]): Promise<void> {
  const summary: RunSummary = {
    format: 'docket.bench/1',
    docket: '0.1.0',
    startedAt,
    durationMs: 10,
    dataset: { name: 'mine', path: '/secret/mine', items: results.length, problems: PROBLEMS, unknownLabels: [] },
    rules: {
      file: '/secret/rules.yaml',
      identity: 'abc',
      rules: [{ type: 'invoice', description: 'A bill with a total due' }],
      tuned: false,
    },
    scorer: 'auto',
    engine: 'auto (evidence/1)',
    metrics: measure(results, { types: ['invoice', 'letter'], durationMs: 10, samples: 20 }),
  };
  await writeRun({ summary, results }, folder);
}

describe('runs of docket bench', () => {
  let folder: string;
  let server: TestServer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docket-runs-'));
    const before = [result('a.pdf', 'invoice', 'letter'), result('b.pdf', 'letter', 'letter'), failed];
    await writeSample(join(folder, 'runs/monday'), '2026-11-23T10:00:00.000Z', before);
    const after = [result('a.pdf', 'invoice', 'invoice'), result('b.pdf', 'letter', 'letter'), failed];
    await writeSample(join(folder, 'runs/tuesday/auto'), '2026-11-24T10:00:00.000Z', after);
    await mkdir(join(folder, 'runs/empty'));
    await mkdir(join(folder, 'runs/broken'));
    await writeFile(join(folder, 'runs/broken/summary.json'), '{"format":"docket.bench/9"}');
    await writeFile(join(folder, 'runs/broken/results.jsonl'), 'x');
    await writeSample(join(folder, 'outside'), '2026-11-24T10:00:00.000Z', []);
    await symlink(join(folder, 'outside'), join(folder, 'runs/link'));
    await writeSample(join(folder, 'runs/linked'), '2026-11-22T10:00:00.000Z', []);
    await rm(join(folder, 'runs/linked/results.jsonl'));
    await symlink(join(folder, 'outside/results.jsonl'), join(folder, 'runs/linked/results.jsonl'));
    server = await TestServer.start({}, undefined, {}, { runsFolder: join(folder, 'runs') });
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  it('are listed, the newest first, without what cannot be read', async () => {
    const { json } = await server.call('GET', '/api/local/runs');
    expect(json.is_given).toBe(true);
    expect(json.runs.map(({ name }: { name: string }) => name)).toEqual(['tuesday:auto', 'monday', 'linked']);
    expect(json.runs[0].summary.dataset.problems[0].message).toBe('there is no file mine/d e.pdf; it counts as failed');
    expect(json.runs[0].summary.metrics.accuracy).toMatchObject({ count: 2, of: 2 });
    expect(JSON.stringify(json)).not.toContain('/secret');
  });

  it('are listed also where another program wrote one, with no more than it must say', async () => {
    const { format, startedAt, durationMs, dataset, rules, scorer, engine, metrics } = JSON.parse(
      await readFile(join(folder, 'runs/monday/summary.json'), 'utf8'),
    );
    const { problems: _, unknownLabels: __, ...least } = dataset;
    const summary = { format, startedAt, durationMs, dataset: least, rules, scorer, engine, metrics };
    await mkdir(join(folder, 'others/least'), { recursive: true });
    await writeFile(join(folder, 'others/least/summary.json'), JSON.stringify(summary));
    await writeSample(join(folder, 'others/also'), startedAt, []);
    const runs = new BenchRuns(join(folder, 'others'));
    // Of the same moment: by their names.
    expect((await runs.list()).map(({ name }) => name)).toEqual(['also', 'least']);
    expect((await runs.list())[1]?.summary.dataset.problems).toEqual([]);
  });

  it('are the newest where there are too many', async () => {
    const runs = await new BenchRuns(join(folder, 'runs'), 1).list();
    expect(runs.map(({ name }) => name)).toEqual(['tuesday:auto']);
  });

  it('are read document by document, all or those that went wrong', async () => {
    const { json } = await server.call('GET', '/api/local/runs/monday');
    expect(json).toMatchObject({ name: 'monday', total: 3, summary: { rules: { file: 'rules.yaml' } } });
    expect(json.results.map(({ id }: { id: string }) => id)).toEqual(['a.pdf', 'b.pdf', 'c.pdf']);
    expect(JSON.stringify(json)).not.toContain('/secret');
    expect(JSON.stringify(json)).not.toContain('/other');
    expect(json.results[2].message).toBe('it is damaged: far away/c.pdf, "c.pdf" at https://docket.example/a/b');
    const only = async (query: Record<string, string>) => {
      const part = (await server.call('GET', '/api/local/runs/monday', { query })).json;
      return [part.total, ...part.results.map(({ id }: { id: string }) => id)];
    };
    expect(await only({ only: 'wrong' })).toEqual([1, 'a.pdf']);
    expect(await only({ only: 'failed' })).toEqual([1, 'c.pdf']);
    expect(await only({ offset: '1', limit: '1' })).toEqual([3, 'b.pdf']);
  });

  it('are compared as docket bench compare does', async () => {
    const query = { a: 'monday', b: 'tuesday:auto' };
    const { json } = await server.call('GET', '/api/local/runs/compare', { query });
    expect(json.flips).toMatchObject([{ id: 'a.pdf', kind: 'fixed', before: { answered: 'letter' } }]);
    expect(json.mcNemar).toMatchObject({ onlyBefore: 0, onlyAfter: 1 });
    expect((await server.call('GET', '/api/local/runs/compare', { query: { a: 'monday' } })).status).toBe(422);
  });

  it('lead nowhere by a name that is not among them', async () => {
    for (const name of [
      'link',
      'linked',
      '..%2Foutside',
      '..',
      'empty',
      'unknown',
      '%2e%2e%2foutside',
      'tuesday%2Fauto',
      '%00',
    ]) {
      const answer = await fetch(`${server.url}/api/local/runs/${name}`);
      expect([name, answer.status]).toEqual([name, 404]);
    }
    const query = { a: '../outside', b: 'monday' };
    expect((await server.call('GET', '/api/local/runs/compare', { query })).status).toBe(404);
  });

  it('say what is wrong with one of another version', async () => {
    const { status, json } = await server.call('GET', '/api/local/runs/broken');
    expect(status).toBe(400);
    expect(json.detail).toMatch(/is not of a run of this version/);
    expect(json.detail).not.toContain(folder);
  });

  it('may be one alone, or none', async () => {
    await using one = await TestServer.start({}, undefined, {}, { runsFolder: join(folder, 'runs/monday') });
    const { json } = await one.call('GET', '/api/local/runs');
    expect(json.runs.map(({ name }: { name: string }) => name)).toEqual(['monday']);
    await using none = await TestServer.start();
    expect((await none.call('GET', '/api/local/runs')).json).toEqual({ is_given: false, runs: [] });
  });
});
