import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configurationTable, ruleFileJsonSchema } from '@docket/core';
import { describe, expect, test } from 'vitest';
import { fixturesFolder, projectFolder } from '../support/project.js';
import { projectFiles } from '../support/project-files.js';
import { runProcess } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const inProject = (...names: string[]) => join(projectFolder, ...names);

// Put together, so that this file does not name it itself.
const PUBLIC_REGISTRY = ['registry', 'npmjs', 'org'].join('.');

describe('what is generated into the docs is not stale', () => {
  const schema = inProject('docs', 'rules.schema.json');
  const settings = inProject('docs', 'configuration.md');

  test.skipIf(!existsSync(schema))('docs/rules.schema.json is the schema of rule files', () => {
    expect(JSON.parse(readFileSync(schema, 'utf8'))).toEqual(JSON.parse(JSON.stringify(ruleFileJsonSchema())));
  });

  test.skipIf(!existsSync(settings))('docs/configuration.md has the table of all settings', () => {
    const lines = readFileSync(settings, 'utf8').split('\n');
    // Formatters pad the cells.
    const plain = (line: string) =>
      line
        .replaceAll(/ *\| */g, '|')
        .replaceAll(/-{3,}/g, '---')
        .trim();
    const table = configurationTable().split('\n').map(plain);
    const found = lines.map(plain).filter((line) => line.startsWith('|'));
    const start = found.indexOf(table[0] ?? '');
    expect(found.slice(start, start + table.length)).toEqual(table);
    expect(found[start + table.length] ?? '').not.toMatch(/^\|`\w+(\.\w+)?`\|`DOCKET_/);
  });
});

describe('no file of the project names the machine that it was made on:', () => {
  const files = projectFiles();
  const texts = files.map((name) => ({ name, text: readFileSync(inProject(name), 'latin1') }));
  const naming = (pattern: RegExp) => texts.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

  test('the files are found, and what is built or installed is none of them', () => {
    expect(files).toEqual(expect.arrayContaining(['package.json', 'pnpm-lock.yaml', join('test', 'package.json')]));
    expect(files.filter((name) => /(^|\/)(node_modules|dist|\.git)(\/|$)/.test(name))).toEqual([]);
  });

  test('its folders', () => {
    // Put together, so that this file does not name one itself.
    const folders = new Set([['', 'work', ''].join('/')]);
    const own = `${dirname(inProject('.'))}/`;
    // `/srv/` says nothing of a machine, `/home/me/` does.
    if (own.split('/').length > 3) folders.add(own);
    for (const folder of folders) expect(naming(new RegExp(`(?<![\\w.*-])${escapePattern(folder)}`))).toEqual([]);
  });

  test('its registry', async () => {
    const lock = readFileSync(inProject('pnpm-lock.yaml'), 'utf8');
    const hosts = [...lock.matchAll(/https?:\/\/([^/\s'"]+)\//g)].map(([, host]) => host);
    expect(new Set(hosts.filter((host) => host !== PUBLIC_REGISTRY))).toEqual(new Set());
    const { stdout } = await runProcess(['npm', 'config', 'get', 'registry'], {});
    const { host } = new URL(stdout.trim());
    if (host !== PUBLIC_REGISTRY) expect(naming(new RegExp(escapePattern(host)))).toEqual([]);
  });

  test('a pattern finds what it looks for', () => {
    expect(naming(/"name": "@docket\/cli"/)).toContain(join('packages', 'cli', 'package.json'));
  });
});

const MAJOR = Number(process.versions.node.split('.')[0]);

// Other versions of Node bring another zlib, which compresses to other bytes.
test.skipIf(MAJOR !== 20)('the fixtures are what their generator writes, byte for byte (Node 20)', async () => {
  const folder = temporaryFolder();
  cpSync(join(fixturesFolder, 'generate.mjs'), join(folder, 'generate.mjs'));
  cpSync(join(fixturesFolder, 'generator'), join(folder, 'generator'), { recursive: true });
  symlinkSync(inProject('test', 'node_modules'), join(folder, 'node_modules'));
  expect(await runProcess([process.execPath, 'generate.mjs'], { folder })).toMatchObject({ exitCode: 0, stderr: '' });
  for (const kind of ['documents', 'hostile', 'reading']) {
    const names = readdirSync(join(folder, kind)).sort();
    expect(names).toEqual(readdirSync(join(fixturesFolder, kind)).sort());
    const differing = names.filter((name) => {
      return !readFileSync(join(folder, kind, name)).equals(readFileSync(join(fixturesFolder, kind, name)));
    });
    expect(differing).toEqual([]);
  }
});

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
