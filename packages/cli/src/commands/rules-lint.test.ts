import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../testing/fake-shell.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-lint-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const BAD = `- {type: other, description: Everything else that comes in}
- {type: invoice, description: "A bill from a supplier with an invoice number and the total due, not a receipt"}
`;
const GOOD =
  '- {type: recipe, description: "Instructions for cooking a dish, with ingredients, quantities and steps"}\n';

async function write(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

test('prints findings with advice, warnings first, file by file', async () => {
  const files = [await write('bad.yaml', BAD), await write('good.yaml', GOOD)];
  const { exitCode, stdout, stderr } = await runCommand(['rules', 'lint', ...files]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(/^warning catch-all\n {2}other is a catch-all.*\n {2}-> leave the rule out/);
  expect(stdout.indexOf('advice negation')).toBeGreaterThan(stdout.indexOf('warning catch-all'));
  expect(stdout).toMatch(/bad\.yaml: \d+ warnings?, \d+ pieces? of advice\n/);
  expect(stdout).toMatch(/good\.yaml: nothing to remark\n$/);
});

test('as JSON has all of a finding', async () => {
  const { stdout } = await runCommand(['rules', 'lint', await write('bad.yaml', BAD), '--format', 'json']);
  const [{ findings }] = JSON.parse(stdout);
  expect(findings).toContainEqual(expect.objectContaining({ id: 'negation', severity: 'advice', rules: [1] }));
});

test('--strict ends with 100 for warnings, and only for those', async () => {
  const bad = await write('bad.yaml', BAD);
  const advice = await write('advice.yaml', BAD.split('\n')[1] ?? '');
  expect((await runCommand(['rules', 'lint', bad, '--strict'])).exitCode).toBe(100);
  expect((await runCommand(['rules', 'lint', advice, '--strict'])).exitCode).toBe(0);
});

test('a rule file that is wrong is named', async () => {
  const { exitCode, stdout, stderr } = await runCommand(['rules', 'lint', await write('wrong.yaml', '- {type: a}')]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/wrong\.yaml/);
});

test('a rule file that is wrong, and the next one too, keep nobody from the others', async () => {
  const files = ['wrong', 'worse'].map((name) => write(`${name}.yaml`, '- {type: a}'));
  const all = [...(await Promise.all(files)), await write('good.yaml', GOOD)];
  const { exitCode, stdout, stderr } = await runCommand(['rules', 'lint', ...all]);
  expect({ exitCode, stdout }).toEqual({
    exitCode: 2,
    stdout: expect.stringMatching(/good\.yaml: nothing to remark\n$/),
  });
  expect(stderr.match(/wrong\.yaml|worse\.yaml/g)).toEqual(['wrong.yaml', 'worse.yaml']);
});
