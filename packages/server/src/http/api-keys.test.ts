import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashApiKey, readApiKeyFile } from './api-keys.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-keys-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function keyFile(content: string, mode = 0o600): Promise<string> {
  const path = join(folder, 'keys');
  await writeFile(path, content);
  await chmod(path, mode);
  return path;
}

test('reads one key per line', async () => {
  const keys = await readApiKeyFile(await keyFile('# team a\r\n  first-key \n\nsecond#key\n'));
  expect(keys).toEqual({ hashes: [hashApiKey('first-key'), hashApiKey('second#key')] });
});

test('warns when others can read the keys', async () => {
  const { warning } = await readApiKeyFile(await keyFile('first-key', 0o644));
  expect(warning).toContain('chmod 600');
});

test.each([
  ['# none\n\n', 'it has no key'],
  ['long-enough\nshort', 'line 2'],
  ['two keys-in-one-line', 'line 1'],
])('refuses %j', async (content, problem) => {
  const reading = readApiKeyFile(await keyFile(content));
  await expect(reading).rejects.toMatchObject({
    code: 'request.invalid_configuration',
    message: expect.stringContaining(problem),
  });
});

test('does not show keys in errors', async () => {
  await expect(readApiKeyFile(await keyFile('short'))).rejects.not.toMatchObject({
    message: expect.stringContaining('short'),
  });
});

test('a file that is not there', async () => {
  await expect(readApiKeyFile(join(folder, 'none'))).rejects.toMatchObject({ code: 'resource.file_not_found' });
});
