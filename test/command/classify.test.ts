import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRuleFile } from '@docket/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { answerOf, expectValidRecord, type OutcomeRecord, onlyClassified, parseLines } from '../support/outcome.js';
import { expectedResults, fixturesFolder } from '../support/project.js';
import { type FinishedRun, runDocket } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Words that stand in the fixtures: none of them may be seen outside of the results. */
const DOCUMENT_TEXT = /Invoice|Rechnung|发票|Northwind|Apologies|Abstract|Ingredients|Mietvertrag/;

describe('the fixture documents with the sample rules', () => {
  let finished: FinishedRun;
  let records: OutcomeRecord[];

  beforeAll(async () => {
    finished = await runDocket(['classify', 'documents', '--rules', 'rules.yaml', '--format', 'jsonl']);
    records = parseLines(finished.stdout);
  });

  test('get the types, nulls and errors that are expected, in the order of their paths', async () => {
    const answers = records.map((record) => [record.path, answerOf(record)]);
    const expected = await expectedResults();
    expect(expected.length).toBeGreaterThanOrEqual(12);
    expect(answers).toEqual(expected.map(([name, answer]) => [`documents/${name}`, answer]));
  });

  test('end with status 1, because one of them fails', () => {
    expect(finished.exitCode).toBe(1);
  });

  test('leave results alone on standard output, and nothing on standard error', () => {
    expect(finished.stdout.split('\n').filter((line) => !line.startsWith('{'))).toEqual(['']);
    expect(finished.stderr).not.toMatch(DOCUMENT_TEXT);
    expect(finished.stderr).toBe('');
  });

  test('have the promised keys, in the promised order, and nothing else', async () => {
    const { rules } = await readRuleFile(join(fixturesFolder, 'rules.yaml'));
    for (const record of records) {
      expectValidRecord(
        record,
        rules.map((rule) => rule.type),
      );
    }
  });

  test('are quoted in the reasoning, which names the runner-up and the pages', () => {
    const record = records.find(({ path }) => path.endsWith('/invoice-1p.pdf'));
    expect(record).toMatchObject({
      reasoning: expect.stringMatching(
        /^Page 1 reads ".+", ".+" and ".+", which mark an invoice.* Next: \w+ \(0\.\d\d\)\. Read page 1 of 1\.$/,
      ),
    });
  });
});

describe('documents in other languages, by English rules', () => {
  const folder = temporaryFolder({
    'english.yaml': `
- type: payable
  description: A bill for goods or services, with an invoice number and the total to pay.
- type: agreement
  description: A contract between two parties about their rights and obligations, such as a lease.
- type: resume
  description: The work experience and education of a person who applies for a job.
- type: recipe
  description: Instructions for cooking a dish, with a list of ingredients.
`,
  });

  test.each([
    ['invoice-zh.pdf', 'payable', 'zh', /"[^"]*发票[^"]*"/],
    ['invoice-de.txt', 'payable', 'de', /"[^"]*Rechnung[^"]*"/i],
    ['contract-de.docx', 'agreement', 'de', /"[^"]*Miet[^"]*"/],
  ])('%s is a %s', async (name, type, language, quote) => {
    const rules = join(folder, 'english.yaml');
    const argv = ['classify', `documents/${name}`, '--rules', rules, '--format', 'jsonl', '--explain'];
    const { exitCode, stdout } = await runDocket(argv);
    expect(exitCode).toBe(0);
    expect(onlyClassified(stdout)).toMatchObject({
      type,
      reasoning: expect.stringMatching(quote),
      explanation: { language },
    });
  });

  test.each(['en', 'zh', 'fr'])('the hint %s does not switch the knowledge of the others off', async (language) => {
    const argv = ['classify', 'documents/invoice-zh.pdf', '--rules', 'rules.yaml', '--format', 'jsonl'];
    const [hinted, plain] = await Promise.all([runDocket([...argv, '--lang', language]), runDocket(argv)]);
    expect(onlyClassified(hinted.stdout)).toMatchObject({ type: 'invoice', reasoning: expect.stringMatching(/发票/) });
    expect(hinted.stdout).toBe(plain.stdout);
  });

  test('the hint of a rule file does not either', async () => {
    const rules = temporaryFolder({
      'rules.json': JSON.stringify({
        rules: (await readRuleFile(join(fixturesFolder, 'rules.yaml'))).rules,
        parsing_configuration: { lang: 'en' },
      }),
    });
    const argv = ['classify', 'documents/invoice-zh.pdf', '--rules', join(rules, 'rules.json'), '--format', 'jsonl'];
    expect(onlyClassified((await runDocket(argv)).stdout).type).toBe('invoice');
  });
});

describe('exit status', () => {
  test('0 when no document fails, null too', async () => {
    const paths = ['documents/minutes.txt', 'documents/unknown-crossword.txt'];
    const { exitCode, stdout, stderr } = await runDocket(['classify', ...paths, '-r', 'rules.yaml', '-f', 'jsonl']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(parseLines(stdout).map(answerOf)).toEqual([{ type: 'meeting_minutes' }, { type: null }]);
  });

  test('1 for a path that leads nowhere, and the others are classified', async () => {
    const paths = ['documents/nowhere.pdf', 'documents/minutes.txt'];
    const { exitCode, stdout } = await runDocket(['classify', ...paths, '-r', 'rules.yaml', '-f', 'jsonl']);
    expect(exitCode).toBe(1);
    expect(parseLines(stdout).map(answerOf)).toEqual([
      { error: 'resource.file_not_found' },
      { type: 'meeting_minutes' },
    ]);
  });

  test('1 for what is no document, saying what it is and what is read', async () => {
    const argv = ['classify', 'hostile/unsupported.heic', '-r', 'rules.yaml', '-f', 'jsonl'];
    const { exitCode, stdout } = await runDocket(argv);
    expect(exitCode).toBe(1);
    expect(parseLines(stdout)).toMatchObject([
      { error: { code: 'document.unsupported_type', message: expect.stringMatching(/HEIC.*PDF, DOCX, PPTX, XLSX/) } },
    ]);
  });
});

test('the spelling of a type is kept byte for byte', async () => {
  const type = 'Minutes \u00c9te\u0301 \u{1f4dd} "A/B"';
  const folder = temporaryFolder({
    'rules.json': JSON.stringify([{ type, description: 'The minutes of a meeting, with apologies and actions.' }]),
  });
  const argv = ['classify', 'documents/minutes.txt', '-r', join(folder, 'rules.json'), '-f', 'jsonl'];
  const output = join(folder, 'results.jsonl');
  const [{ stdout }] = await Promise.all([runDocket(argv), runDocket([...argv, '--output', output])]);
  expect(onlyClassified(stdout).type).toBe(type);
  expect(await readFile(output, 'utf8')).toBe(stdout);
});
