import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runDocket } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const env = { DOCKET_HOME: join(folder, 'home') };
const docket = (...argv: string[]) => runDocket(argv, { folder, env });
const bench = (dataset: string, out: string, ...flags: string[]) => {
  return docket('bench', 'run', dataset, '--rules', 'example/rules.yaml', '--out', out, ...flags);
};
const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');
const summaryOf = (run: string) => JSON.parse(read(run, 'summary.json'));

// Each step goes on from the one before it, as a new user does.
describe.sequential('the path of docs/benchmarking.md', () => {
  test('begins with an example', async () => {
    expect(await docket('bench', 'init', 'example')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(existsSync(join(folder, 'example', 'documents', '_none'))).toBe(true);
    expect(await docket('bench', 'init', 'example')).toMatchObject({ exitCode: 1, stdout: '' });
  });

  test('measures it, and writes the reports', async () => {
    const { exitCode, stdout, stderr } = await bench('example/documents', 'before');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^# documents\n\nAccuracy \d+\.\d % \(\d+ of 15; 95 % interval/);
    expect(readdirSync(join(folder, 'before')).sort()).toEqual([
      'junit.xml',
      'report.html',
      'report.md',
      'results.jsonl',
      'summary.json',
    ]);
    expect(read('before', 'results.jsonl').trim().split('\n')).toHaveLength(15);
    expect(summaryOf('before').metrics).toMatchObject({ total: 15, classified: 15, time: { opened: 15 } });
  });

  test('opens no document for other rules', async () => {
    const rules = read('example', 'rules.yaml').replace('A bill from a supplier', 'A request for payment');
    writeFileSync(join(folder, 'example', 'other.yaml'), rules);
    const flags = ['--rules', 'example/other.yaml', '--out', 'after'];
    expect(await docket('bench', 'run', 'example/documents', ...flags)).toMatchObject({ exitCode: 0 });
    const [before, after] = [summaryOf('before'), summaryOf('after')];
    expect(after.metrics.time.opened).toBe(0);
    expect(after.rules.identity).not.toBe(before.rules.identity);
  });

  test('answers the same from known pages, and without a cache', async () => {
    await bench('example/documents', 'again');
    await bench('example/documents', 'uncached', '--no-cache');
    const answers = (run: string) => {
      const lines = read(run, 'results.jsonl').trim().split('\n');
      return lines.map((line) => {
        const { readMs: _, scoreMs: __, wasRead: ___, ...answer } = JSON.parse(line);
        return answer;
      });
    };
    expect(summaryOf('again').metrics.time.opened).toBe(0);
    expect(summaryOf('uncached').metrics.time.opened).toBe(15);
    expect(answers('again')).toEqual(answers('before'));
    expect(answers('uncached')).toEqual(answers('before'));
  });

  test('says what changed', async () => {
    const { exitCode, stdout } = await docket('bench', 'compare', 'before', 'after');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('# What changed');
    expect(stdout).toContain('Note: the rules differ.');
    const json = await docket('bench', 'compare', 'before', 'again', '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({ paired: 15, flips: [], warnings: [] });
  });

  test('gates: says what passes and what does not, and what cannot be gated', async () => {
    const gates = [
      [['before', '--min-accuracy', '0.5'], 0, /^pass {2}accuracy/],
      [['before', '--min-accuracy', '0.5', '--max-failed', '0', '--max-drop', '0', '--baseline', 'again'], 0, /pass/],
      [['before/summary.json', '--max-ece', '0'], 100, /^FAIL {2}calibration error/],
      [['nowhere', '--min-accuracy', '0.5'], 1, /^$/],
      [['before'], 1, /^$/],
      [['before', '--max-drop', '0.1'], 1, /^$/],
      [['before', '--min-accuracy', '90'], 2, /^$/],
    ] as const;
    const finished = await Promise.all(gates.map(([argv]) => docket('bench', 'gate', ...argv)));
    for (const [index, [argv, exitCode, stdout]] of gates.entries()) {
      const isSilent = exitCode === 0 || exitCode === 100;
      const expected = { exitCode, stdout: expect.stringMatching(stdout), isSilent };
      const run = finished[index];
      expect({ argv, ...run, isSilent: run?.stderr === '' }).toMatchObject({ argv, ...expected });
    }
  });

  test('tunes the rules, and uses what came of it', async () => {
    const { exitCode, stdout, stderr } = await docket(
      ...['bench', 'tune', 'example/documents', '--rules', 'example/rules.yaml'],
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('Tuned on 15 documents in 15 groups.');
    expect(stdout).toContain('- kept: calibration');
    expect(stdout).toContain('written to example/rules.tuned.yaml');
    expect(read('example', 'rules.tuned.yaml')).toContain(read('example', 'rules.yaml').split('\n')[0]);
    const flags = ['--rules', 'example/rules.tuned.yaml', '--out', 'tuned'];
    expect(await docket('bench', 'run', 'example/documents', ...flags)).toMatchObject({ exitCode: 0 });
    const [before, tuned] = [summaryOf('before'), summaryOf('tuned')];
    expect(tuned.rules).toMatchObject({ tuned: true, identity: before.rules.identity });
    expect(tuned.metrics.calibration.brier).toBeLessThan(before.metrics.calibration.brier);
    expect((await docket('bench', 'gate', 'tuned', '--max-drop', '0', '--baseline', 'before')).exitCode).toBe(0);
  });

  test('tunes again what was tuned for other rules, and refuses to use it before that', async () => {
    const stale = read('example', 'rules.tuned.yaml').replace('A bill from', 'A sort of bill from');
    writeFileSync(join(folder, 'example', 'stale.yaml'), stale);
    const run = await docket('bench', 'run', 'example/documents', '--rules', 'example/stale.yaml');
    expect(run).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/stale\.yaml was tuned for other rules/) });
    const flags = ['--rules', 'example/stale.yaml', '--out', 'example/fresh.yaml'];
    expect((await docket('bench', 'tune', 'example/documents', ...flags)).exitCode).toBe(0);
    expect((await docket('rules', 'lint', 'example/fresh.yaml')).exitCode).toBe(0);
  });

  test('says when a precision cannot be vouched for', async () => {
    const flags = ['--rules', 'example/rules.yaml', '--target-precision', '.99', '--out', 'example/strict.yaml'];
    const { exitCode, stdout } = await docket('bench', 'tune', 'example/documents', ...flags);
    expect(exitCode).toBe(100);
    expect(stdout).toContain('which takes 99 documents without a mistake');
    expect(existsSync(join(folder, 'example', 'strict.yaml'))).toBe(false);
    const certain = ['bench', 'tune', 'example/documents', '--rules', 'example/rules.yaml', '--target-precision', '1'];
    expect(await docket(...certain)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('must be below 1') });
  });

  test('puts scorers beside each other, all from known pages', async () => {
    const { exitCode, stdout } = await bench('example/manifest.jsonl', 'scorers', '--scorer', 'evidence,static,auto');
    expect(exitCode).toBe(0);
    for (const scorer of ['evidence', 'static', 'auto']) {
      expect(stdout).toContain(`\n| ${scorer} | `);
      expect(summaryOf(join('scorers', scorer)).metrics.time.opened).toBe(0);
    }
    expect(stdout).toContain('All pages were read before');
    expect(read('scorers', 'comparison.html')).toContain('<a href="evidence/report.html">');
  });
});

describe('a data set with mistakes', () => {
  test('names them, counts what failed, and goes on', async () => {
    const lines = [
      '{"path": "example/documents/invoice/plumber.txt", "expected": "invoice"}',
      '{"path": "gone.pdf", "expected": "invoice"}',
      'not json',
      '{"text": "Dear diary", "expected": "diary"}',
    ];
    writeFileSync(join(folder, 'broken.jsonl'), lines.join('\n'));
    const { exitCode, stdout, stderr } = await bench('broken.jsonl', 'broken');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/broken\.jsonl:2: there is no file .*gone\.pdf/);
    expect(stderr).toMatch(/broken\.jsonl:3: it is not JSON/);
    expect(stdout).toContain('- resource.file_not_found: 1');
    expect(stdout).toContain('no rule has the type diary');
    expect(summaryOf('broken').metrics).toMatchObject({ total: 3, classified: 2 });
  });

  test.concurrent.each([
    ['nowhere', [], /there is no data set nowhere/],
    ['example', ['--scorer', 'magic'], /there is no scorer "magic"/],
    ['example', ['--rules', 'gone.yaml'], /gone\.yaml cannot be read/],
  ])('%s %j: says what is wrong, and writes nothing', async (dataset, flags, message) => {
    const { exitCode, stdout, stderr } = await bench(dataset, 'never', ...flags);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(existsSync(join(folder, 'never'))).toBe(false);
  });
});
