import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOutputFile } from './output.js';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-output-'));
  path = join(folder, 'results.csv');
});

afterEach(() => rm(folder, { recursive: true }));

test('appears whole, in place of what was there, with its permissions', async () => {
  await writeFile(path, 'old');
  await chmod(path, 0o600);
  await using output = await openOutputFile(path);
  await output.write('new');
  await output.write('er');
  expect(await readFile(path, 'utf8')).toBe('old');
  await output.commit();
  expect(await readFile(path, 'utf8')).toBe('newer');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['results.csv']);
});

test('leaves nothing behind without a commit', async () => {
  {
    await using output = await openOutputFile(path);
    await output.write('half');
  }
  expect(await readdir(folder)).toEqual([]);
});

test('writes to where a link leads', async () => {
  await writeFile(join(folder, 'target.csv'), '');
  await symlink('target.csv', path);
  await using output = await openOutputFile(path);
  await output.write('text');
  await output.commit();
  expect(await readFile(join(folder, 'target.csv'), 'utf8')).toBe('text');
});

test('does not replace a device', async () => {
  await using output = await openOutputFile('/dev/null');
  await output.write('text');
  await output.commit();
  expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
});

test('refuses a folder and a place that is not there', async () => {
  await expect(openOutputFile(folder)).rejects.toMatchObject({ code: 'request.invalid_usage' });
  await expect(openOutputFile(join(folder, 'no/where.csv'))).rejects.toMatchObject({ code: 'request.invalid_usage' });
});
