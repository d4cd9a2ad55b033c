import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EnginePool } from '@docket/core';
import { expect, test } from 'vitest';
import { runCommand } from '../../packages/cli/src/testing/fake-shell.js';
import { fixturesFolder } from '../support/project.js';
import { runDocket } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder({
  'short.yaml':
    '# Bills\nrules:\n  - type: invoice\n    description: A bill for goods or services.\n  - type: x\n    description: short\n',
  'list.yaml':
    '- type: invoice\n  description: A bill for goods or services.\n- type: ""\n  description: A bill for goods or services.\n',
  'syntax.yaml': 'rules:\n  - type: "invoice\n    description: A bill for goods.\n',
  'unknown-key.json':
    '{\n  "rules": [\n    {"type": "invoice", "descripton": "A bill for goods or services."}\n  ]\n}\n',
  'no-rules.yaml': 'rules: []\n',
  'bad-pages.yaml':
    'rules:\n  - type: invoice\n    description: A bill for goods or services.\nparsing_configuration:\n  target_pages: "5-2"\n',
  'broken-types/lab_form.yaml': 'id: lab_form\nname: lab form\ndescription: A form of a laboratory.\nstrong: eyewash\n',
  'settings/docket.config.yaml': 'limits:\n  maxPages: many\n',
  'unknown-setting/docket.config.json': '{"limits": {"maxPges": 3}}',
});
const inFolder = (name: string) => join(folder, name);
const RULES = ['--rules', join(fixturesFolder, 'rules.yaml')];
const DOCUMENT = join(fixturesFolder, 'documents', 'minutes.txt');

/** Runs the command in this process: starting one for each run takes most of its time. */
const run = (argv: readonly string[], { folder = fixturesFolder, env = {} } = {}) =>
  runCommand(argv, { folder, env, createPool: (options) => new EnginePool(options) });

/** What is run as users run it. */
const AS_PROCESSES = ['an unknown flag', 'a description that is too short'];

/** Each run ends with status 2 before any document is read, and says in one line what is wrong. */
const CASES: readonly (readonly [name: string, argv: readonly string[], message: RegExp])[] = [
  ['an unknown flag', [...RULES, '--fast'], /unknown option '--fast'/],
  ['no rule file', [], /required option '-r, --rules <file>'/],
  ['a rule file that is not there', ['--rules', '/no/such/rules.yaml'], /\/no\/such\/rules\.yaml/],
  ['a description that is too short', ['--rules', inFolder('short.yaml')], /short\.yaml, line 6\b.*description/],
  ['a type that is empty', ['--rules', inFolder('list.yaml')], /list\.yaml, line 3\b.*type/],
  ['a rule file that is no YAML', ['--rules', inFolder('syntax.yaml')], /syntax\.yaml.*line [234]\b/],
  ['a key that rules do not have', ['--rules', inFolder('unknown-key.json')], /unknown-key\.json, line 3\b.*descript/],
  ['a rule file without rules', ['--rules', inFolder('no-rules.yaml')], /no-rules\.yaml, line 1\b/],
  ['bad pages in the rule file', ['--rules', inFolder('bad-pages.yaml')], /5-2|ends before it begins/],
  ['page 0', [...RULES, '--target-pages', '1,0'], /position 3\b|page.*start.*1|begin.*1/i],
  ['a range that ends before it begins', [...RULES, '--target-pages', '7-3'], /ends before it begins/],
  ['pages that are no numbers', [...RULES, '--target-pages', '1,two'], /position 3\b/],
  ['no page at all', [...RULES, '--max-pages', '0'], /at least 1/],
  ['a language that is no code', [...RULES, '--lang', 'all of them'], /language code/],
  ['a scorer that nobody knows', [...RULES, '--scorer', 'magic'], /setting scorer .*"magic"/],
  [
    'a scorer that is not here',
    [...RULES, '--scorer', 'zero-shot'],
    /no model for zero-shot is installed; bring one with `docket models import PATH`/,
  ],
  ['an unknown format', [...RULES, '--format', 'xml'], /Allowed choices are table, json, jsonl, csv/],
  ['a concurrency below 0', [...RULES, '--concurrency', '-1'], /setting concurrency .*-1/],
  ['knowledge that is not there', [...RULES, '--knowledge', '/no/such/types'], /\/no\/such\/types/],
  ['knowledge that is damaged', [...RULES, '--knowledge', inFolder('broken-types')], /lab_form\.yaml.*strong/],
  ['an output that cannot be written', [...RULES, '--output', '/no/such/results.csv'], /\/no\/such\/results\.csv/],
];

test.for(CASES)('%s', async ([name, argv, message]) => {
  const inProcess = !AS_PROCESSES.includes(name);
  const { exitCode, stdout, stderr } = await (inProcess ? run : runDocket)(['classify', DOCUMENT, ...argv]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/^docket: /);
  expect(stderr).not.toMatch(/please report it|^ +at /m);
});

test('no path, standard input twice, no command, an unknown command', async () => {
  const runs = await Promise.all([
    run(['classify', ...RULES]),
    run(['classify', '-', '-', ...RULES]),
    runDocket([]),
    run(['clasify']),
  ]);
  expect(runs.map(({ exitCode, stdout }) => ({ exitCode, stdout }))).toEqual(
    runs.map(() => ({ exitCode: 2, stdout: '' })),
  );
  const messages = [/missing required argument 'path'/, /only once/, /Usage: docket/, /classify/];
  expect(runs.map(({ stderr }) => stderr)).toEqual(messages.map((message) => expect.stringMatching(message)));
});

test('a setting of the environment that is wrong names itself', async () => {
  const env = { DOCKET_LIMITS_OPEN_MS: 'soon' };
  for (const argv of [['classify', DOCUMENT, ...RULES], ['config'], ['doctor']]) {
    const { exitCode, stdout, stderr } = await run(argv, { env });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/setting limits\.openMs from DOCKET_LIMITS_OPEN_MS is "soon"/);
  }
});

test('a setting of the configuration file that is wrong names itself and the file', async () => {
  const wrong = await run(['config'], { folder: inFolder('settings') });
  expect(wrong).toMatchObject({ exitCode: 2, stdout: '' });
  expect(wrong.stderr).toMatch(/limits\.maxPages from .*docket\.config\.yaml is "many"/);
  const unknown = await run(['config'], { folder: inFolder('unknown-setting') });
  expect(unknown).toMatchObject({ exitCode: 2, stdout: '' });
  expect(unknown.stderr).toMatch(/docket\.config\.json.*no setting limits\.maxPges/);
});

test('wrong usage leaves an output file as it was, and no other file', async () => {
  const own = temporaryFolder({ 'results.csv': 'old' });
  const output = join(own, 'results.csv');
  const argv = ['classify', DOCUMENT, ...RULES, '--scorer', 'zero-shot', '--output', output];
  expect(await runDocket(argv)).toMatchObject({ exitCode: 2 });
  expect(readdirSync(own)).toEqual(['results.csv']);
});
