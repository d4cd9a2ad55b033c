import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type OutcomeRecord, parseLines } from '../support/outcome.js';
import { docketProgram } from '../support/project.js';
import { runDocket, runProcess } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const NAMES = ['encrypted-letter.pdf', 'invoice-1p.pdf', 'unknown-crossword.txt'];
const ARGV = ['classify', ...NAMES.map((name) => `documents/${name}`), '--rules', 'rules.yaml'];
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[\\d`);

let jsonl: string;
let records: OutcomeRecord[];

beforeAll(async () => {
  jsonl = (await runDocket([...ARGV, '--format', 'jsonl'])).stdout;
  records = parseLines(jsonl);
  expect(records).toHaveLength(3);
});

test('json is one array of the same objects', async () => {
  const { exitCode, stdout, stderr } = await runDocket([...ARGV, '--format', 'json']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  expect(JSON.parse(stdout)).toEqual(records);
});

test('csv has a header and a line for each document, after RFC 4180', async () => {
  const { exitCode, stdout } = await runDocket([...ARGV, '--format', 'csv']);
  expect(exitCode).toBe(1);
  const [header, ...rows] = parseCsv(stdout);
  expect(header?.slice(0, 4)).toEqual(['path', 'type', 'confidence', 'reasoning']);
  const cells = rows.map((row) => Object.fromEntries(row.map((cell, index) => [header?.[index], cell])));
  expect(cells).toMatchObject(
    records.map((record) =>
      'error' in record
        ? { path: record.path, type: '', error_code: record.error.code, error_message: record.error.message }
        : { path: record.path, type: record.type ?? '', confidence: String(record.confidence), error_code: '' },
    ),
  );
  expect(records[1]).toMatchObject({ reasoning: cells[1]?.['reasoning'] });
});

test('table is the default: a line for each document and one that counts them, without colour', async () => {
  const { exitCode, stdout } = await runDocket(ARGV);
  expect(exitCode).toBe(1);
  for (const name of NAMES) expect(stdout).toContain(name);
  expect(stdout).toMatch(/invoice-1p\.pdf +invoice +[01]\.\d\d +Page 1 reads "Invoice number"/);
  expect(stdout).toContain('document.encrypted');
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('3 documents: 1 classified, 1 without a match, 1 failed');
  expect(stdout).not.toMatch(COLOUR);
});

test('--timings alone adds a duration, and --explain the evidence', async () => {
  const { stdout } = await runDocket([...ARGV, '-f', 'jsonl', '--timings', '--explain']);
  const [failed, classified] = parseLines(stdout);
  expect(failed).toEqual(records[0]);
  expect(classified).toMatchObject({ ...records[1], durationMs: expect.any(Number) });
  expect(classified).toMatchObject({
    explanation: { language: 'en', format: 'pdf', labels: [{ type: 'invoice', evidence: expect.anything() }, {}, {}] },
  });
});

test('--output writes the same bytes to a file, nothing to standard output, and leaves no other file', async () => {
  const folder = temporaryFolder({ 'results.jsonl': 'old' });
  const output = join(folder, 'results.jsonl');
  expect(await runDocket([...ARGV, '--output', output])).toEqual({ exitCode: 1, stdout: '', stderr: '' });
  expect(readFileSync(output, 'utf8')).toBe(jsonl);
  expect(readdirSync(folder)).toEqual(['results.jsonl']);
});

test('the extension of --output says the format, unless --format does', async () => {
  const folder = temporaryFolder();
  const outputs = ['a.csv', 'b.json', 'c.txt'].map((name) => join(folder, name));
  await Promise.all(outputs.map((output) => runDocket([...ARGV, '--output', output])));
  const [csv = '', json = '', table = ''] = outputs.map((output) => readFileSync(output, 'utf8'));
  expect(csv).toMatch(/^path,type,confidence/);
  expect(JSON.parse(json)).toEqual(records);
  expect(table).toMatch(/3 documents: 1 classified/);
  await runDocket([...ARGV, '--output', join(folder, 'd.csv'), '--format', 'jsonl']);
  expect(readFileSync(join(folder, 'd.csv'), 'utf8')).toBe(jsonl);
});

// `script` gives a program a terminal.
test.skipIf(!existsSync('/usr/bin/script'))('colour is on a terminal only, and NO_COLOR is honoured', async () => {
  const onTerminal = (env: Record<string, string>) => {
    const command = `'${process.execPath}' '${docketProgram}' ${ARGV.join(' ')}`;
    return runProcess(['/usr/bin/script', '-qec', command, '/dev/null'], { env: { TERM: 'xterm', ...env } });
  };
  const sgr = new RegExp(`${String.fromCharCode(27)}\\[\\d+(;\\d+)*m`);
  const [coloured, plain] = await Promise.all([onTerminal({}), onTerminal({ NO_COLOR: '1' })]);
  expect(coloured.exitCode).toBe(1);
  expect(coloured.stdout).toMatch(sgr);
  expect(coloured.stdout).toMatch(/3 documents: 1 classified.* documents\/s/);
  expect(plain.exitCode).toBe(1);
  expect(plain.stdout).not.toMatch(sgr);
});

/** Reads comma-separated values strictly: CR LF behind every line, quotes doubled. */
function parseCsv(text: string): string[][] {
  expect(text.endsWith('\r\n')).toBe(true);
  const rows: string[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/y;
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    const [, raw = '', end] = match;
    rows.at(-1)?.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === '\r\n') rows.push([]);
    if (cell.lastIndex === text.length) return rows.slice(0, -1);
  }
  throw new Error(`no comma-separated values: ${text}`);
}
