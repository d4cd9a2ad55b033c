import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationTable, SETTINGS } from '@docket/core';
import { describe, expect, test } from 'vitest';
import { projectFolder } from '../support/project.js';
import { runDocket } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';

test('--version and -V print the version alone', async () => {
  const { version } = JSON.parse(readFileSync(join(projectFolder, 'packages', 'cli', 'package.json'), 'utf8'));
  for (const flag of ['--version', '-V']) {
    expect(await runDocket([flag])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
  }
});

test.each([[[]], [['classify']], [['config']], [['doctypes']], [['doctypes', 'show']], [['doctor']]])(
  '%j --help has examples',
  async (command) => {
    const { exitCode, stdout, stderr } = await runDocket([...command, '--help']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/Usage: docket.*Examples:\n +\$ /s);
  },
);

describe('config', () => {
  test('tells every setting with its value and where that comes from', async () => {
    const folder = temporaryFolder({
      'docket.config.yaml': 'scorer: static\nconcurrency: 3\nlimits:\n  maxPages: 77\n',
    });
    const env = { DOCKET_CONCURRENCY: '5' };
    const { exitCode, stdout } = await runDocket(['config', '--format', 'json'], { folder, env });
    expect(exitCode).toBe(0);
    const settings: { key: string }[] = JSON.parse(stdout);
    expect(settings.map(({ key }) => key)).toEqual(Object.keys(SETTINGS));
    const file = join(folder, 'docket.config.yaml');
    expect(settings).toEqual(
      expect.arrayContaining([
        { key: 'scorer', value: 'static', source: 'file', origin: file },
        { key: 'limits.maxPages', value: 77, source: 'file', origin: file },
        { key: 'concurrency', value: 5, source: 'environment', origin: 'DOCKET_CONCURRENCY' },
        { key: 'limits.maxBytes', value: 512 * 2 ** 20, source: 'default', origin: '' },
      ]),
    );
    const table = await runDocket(['config'], { folder, env });
    expect(table.stdout).toMatch(/^concurrency +5 +environment \(DOCKET_CONCURRENCY\)$/m);
    expect(table.stdout).toMatch(/^limits\.maxPages +77 +file \(.*docket\.config\.yaml\)$/m);
  });

  test('a flag wins over the environment, and that over the file', async () => {
    const folder = temporaryFolder({
      'docket.config.json': JSON.stringify({ scorer: 'zero-shot' }),
      'paper.txt': 'Invoice number 12. Total due: 30.00. Bill to: Harbour School.',
      'rules.yaml': '- type: invoice\n  description: A bill for goods or services, with the total due.\n',
    });
    const argv = ['classify', 'paper.txt', '-r', 'rules.yaml', '-f', 'jsonl'];
    const env = { DOCKET_SCORER: 'static' };
    const runs = [runDocket(argv, { folder }), runDocket(argv, { folder, env })];
    const flagged = runDocket([...argv, '--scorer', 'evidence'], { folder, env });
    const [fromFile, fromEnvironment, fromFlag] = await Promise.all([...runs, flagged]);
    expect(fromFile).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/zero-shot/) });
    expect(fromEnvironment).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/"scorer":"static /) });
    expect(fromFlag).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/"scorer":"evidence /) });
  });

  test('the table of the docs names every setting', () => {
    for (const key of Object.keys(SETTINGS)) expect(configurationTable()).toContain(`| \`${key}\` |`);
  });
});

describe('doctypes', () => {
  test('lists at least 150 types', async () => {
    const [table, json] = await Promise.all([runDocket(['doctypes']), runDocket(['doctypes', '-f', 'json'])]);
    const types: { id: string; languages: string[] }[] = JSON.parse(json.stdout);
    expect(types.length).toBeGreaterThanOrEqual(150);
    expect(table.stdout).toContain(`${types.length} document types, knowledge `);
    const count = (language: string) => types.filter(({ languages }) => languages.includes(language)).length;
    for (const language of ['de', 'fr', 'es', 'it', 'nl', 'pt']) expect(count(language)).toBeGreaterThanOrEqual(40);
    for (const language of ['zh', 'ja']) expect(count(language)).toBeGreaterThanOrEqual(20);
  });

  test('shows one with its names and cues', async () => {
    const { exitCode, stdout, stderr } = await runDocket(['doctypes', 'show', 'invoice']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const text of ['invoice', 'tax invoice', 'Strong cues', 'Rechnung', '发票']) expect(stdout).toContain(text);
  });

  test('one that is not there is wrong usage, with the nearest', async () => {
    const { exitCode, stdout, stderr } = await runDocket(['doctypes', 'show', 'invoce']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('did you mean invoice');
  });
});

describe('doctor', () => {
  const folder = temporaryFolder();
  const home = join(folder, 'data');

  test('finds all well, with versions, a self-test, and nothing left behind', async () => {
    const { exitCode, stdout, stderr } = await runDocket(['doctor'], { env: { DOCKET_HOME: home } });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const subjects = [...stdout.matchAll(/^ok +(\S+)/gm)].map(([, subject]) => subject);
    expect(subjects).toEqual(expect.arrayContaining(['docket', 'node', 'pdfjs-dist', 'knowledge', 'self-test']));
    expect(stdout).toContain(process.versions.node);
    expect(stdout).toMatch(/^ok +self-test +a plain invoice was classified as invoice/m);
    expect(existsSync(home)).toBe(false);
  });

  test('ends with 1 when something is not there', async () => {
    const env = { DOCKET_HOME: home, DOCKET_SCORER: 'zero-shot' };
    const { exitCode, stdout } = await runDocket(['doctor'], { env });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^failed +scorer +.*no model for zero-shot .*docket models import/m);
  });
});
