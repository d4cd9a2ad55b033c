import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { extname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answerOf, onlyClassified, parseLines } from '../support/outcome.js';
import { expectedResults, fixturesFolder } from '../support/project.js';
import { runDocket } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const rules = join(fixturesFolder, 'rules.yaml');
const documents = join(fixturesFolder, 'documents');
const jsonl = (...paths: string[]) => ['classify', ...paths, '--rules', rules, '--format', 'jsonl'];

describe('standard input', () => {
  test.each(['invoice-zh.pdf', 'resume.docx', 'recipe.html'])('%s is read as from a file', async (name) => {
    const path = join(documents, name);
    const [piped, read] = await Promise.all([
      runDocket(jsonl('-'), { stdin: readFileSync(path) }),
      runDocket(jsonl(path)),
    ]);
    expect(piped).toMatchObject({ exitCode: 0, stderr: '' });
    expect(onlyClassified(piped.stdout)).toEqual({ ...onlyClassified(read.stdout), path: '-' });
  });

  test('takes its place among other paths', async () => {
    const minutes = join(documents, 'minutes.txt');
    const { stdout } = await runDocket(jsonl(minutes, '-', join(documents, 'orders.csv')), {
      stdin: readFileSync(join(documents, 'letter.rtf')),
    });
    expect(parseLines(stdout).map(({ path }) => path)).toEqual([minutes, '-', join(documents, 'orders.csv')]);
    expect(parseLines(stdout)[1]).toMatchObject({ type: 'letter' });
  });

  test('nothing at all is a document that failed', async () => {
    const { exitCode, stdout } = await runDocket(jsonl('-'), { stdin: '' });
    expect(exitCode).toBe(1);
    expect(parseLines(stdout).map(answerOf)).toEqual([{ error: 'document.corrupt' }]);
  });

  test('more than the limit is too large', async () => {
    const env = { DOCKET_LIMITS_MAX_BYTES: '1000' };
    const { exitCode, stdout } = await runDocket(jsonl('-'), { env, stdin: 'word '.repeat(1000) });
    expect(exitCode).toBe(1);
    expect(parseLines(stdout).map(answerOf)).toEqual([{ error: 'document.too_large' }]);
  });
});

describe('folders', () => {
  const minutes = readFileSync(join(documents, 'minutes.txt'));
  const names = ['B.txt', 'a.txt', 'sub.txt', 'sub/c.txt', 'sub/deeper/d.txt', 'z.txt', '\u00e9.txt', '\u{1f4dd}.txt'];
  const folder = temporaryFolder({
    ...Object.fromEntries(names.map((name) => [name, minutes])),
    '.hidden.txt': minutes,
    '.hidden/e.txt': minutes,
    'rules.yaml': readFileSync(rules),
    'results.jsonl': 'of an earlier run',
  });
  symlinkSync(join(folder, 'sub'), join(folder, 'sub', 'loop'));

  test('are walked through in the order of whole paths; hidden files, rules and output are left out', async () => {
    const output = join(folder, 'results.jsonl');
    const argv = ['classify', folder, '--rules', join(folder, 'rules.yaml'), '--output', output];
    expect(await runDocket(argv)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    const paths = parseLines(readFileSync(output, 'utf8')).map(({ path }) => path);
    expect(paths).toEqual(names.map((name) => join(folder, name)));
  });

  test('come in the order in which they are named, and are called as they were named', async () => {
    const { stdout } = await runDocket(
      ['classify', 'sub', './a.txt', 'sub/deeper', '-r', 'rules.yaml', '-f', 'jsonl'],
      {
        folder,
      },
    );
    const paths = parseLines(stdout).map(({ path }) => path);
    expect(paths).toEqual(['sub/c.txt', 'sub/deeper/d.txt', './a.txt', 'sub/deeper/d.txt']);
  });

  test('without a document are no failure, and are mentioned', async () => {
    const empty = temporaryFolder({ '.keep': '' });
    const { exitCode, stdout, stderr } = await runDocket(jsonl(empty));
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toContain(empty);
  });
});

test('documents under a wrong extension get the same answer', async () => {
  const folder = temporaryFolder();
  // Comma-separated values, JSON and Markdown are text whatever their name is; only what the text says counts there.
  const expected = await expectedResults();
  const renamed = expected.flatMap(([name, answer]) => {
    const wrong = ['.pdf', '.docx', ''].filter((extension) => extension !== extname(name));
    return wrong.map((extension) => ({ name, answer, path: join(folder, `${name.replace('.', '-')}${extension}`) }));
  });
  for (const { name, path } of renamed) cpSync(join(documents, name), path);
  const { exitCode, stdout } = await runDocket(jsonl(...renamed.map(({ path }) => path)));
  expect(exitCode).toBe(1);
  const answers = parseLines(stdout).map((record) => ({ path: record.path, answer: answerOf(record) }));
  expect(answers).toEqual(renamed.map(({ path, answer }) => ({ path, answer })));
});
