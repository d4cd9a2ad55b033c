import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { answerOf, parseLines } from '../support/outcome.js';
import { hasSharedHostile, projectFolder, sharedHostileFolder } from '../support/project.js';
import { runDocket, runProcess } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Documents that ask their reader to fetch something. */
const folder = temporaryFolder({
  'tracking.html': `<html><head><title>Recipe</title><link rel="stylesheet" href="http://127.0.0.1:9/style.css">
    <script src="http://127.0.0.1:9/script.js"></script></head><body><h1>Apple pie</h1><p>Ingredients: flour, butter.</p>
    <img src="http://127.0.0.1:9/pixel.gif"><iframe src="http://127.0.0.1:9/"></iframe></body></html>`,
  'tracking.eml': `From: a@example.org\r\nTo: b@example.org\r\nSubject: Dinner\r\nContent-Type: text/html\r\n\r\n
    <p>Dear Bob, shall we meet for dinner?</p><img src="http://127.0.0.1:9/pixel.gif">\r\n`,
  'entity.json': '{"$schema": "http://127.0.0.1:9/schema.json", "event": "started"}',
});
const external = hasSharedHostile
  ? ['111-testExternalRefs.docx', '107-testAltChunkHTML.docx', '098-js-buttons.pdf'].map((name) =>
      join(sharedHostileFolder, name),
    )
  : [];
const ARGV = ['classify', 'documents', folder, ...external, '--rules', 'rules.yaml', '--format', 'jsonl'];

let online: string;

beforeAll(async () => {
  const { exitCode, stdout } = await runDocket(ARGV);
  expect(exitCode).toBe(1);
  expect(parseLines(stdout)).toHaveLength(21 + 3 + external.length);
  online = stdout;
});

/** Runs with every Node process watched; returns what was recorded, without the process ids. */
async function watch(argv: readonly string[]) {
  const log = join(temporaryFolder({ 'network.log': '' }), 'network.log');
  const preload = pathToFileURL(join(projectFolder, 'test', 'support', 'record-network.mjs'));
  const env = { NETWORK_LOG: log, NODE_OPTIONS: `--import ${preload}` };
  const finished = await runProcess([process.execPath, ...argv], { env });
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  return { finished, lines: lines.map((line) => line.replace(/ \d+$/, '')) };
}

const docket = join(projectFolder, 'packages', 'cli', 'bin', 'docket.js');

describe('no process of the command reaches for the network:', () => {
  test('classify, with what documents refer to', async () => {
    const { finished, lines } = await watch([docket, ...ARGV, '--concurrency', '2']);
    expect(finished).toEqual({ exitCode: 1, stdout: online, stderr: '' });
    // The last is the thread of tesseract.js, which reads the sample that was scanned.
    const watched = ['docket.js', 'engine-worker.js', 'engine-worker.js', 'index.js'];
    expect(lines).toEqual(watched.map((program) => `watched ${program}`));
  });

  test('doctor, doctypes and config', async () => {
    for (const command of ['doctor', 'doctypes', 'config']) {
      const { finished, lines } = await watch([docket, command]);
      expect(finished).toMatchObject({ exitCode: 0, stderr: '' });
      expect(new Set(lines.filter((line) => !line.startsWith('watched ')))).toEqual(new Set());
      expect(lines[0]).toBe('watched docket.js');
    }
  });

  test.each([
    ['fetch("http://127.0.0.1:9/")', 'attempt:fetch'],
    ['import("node:net").then(({ connect }) => connect(9))', 'attempt:connect'],
    ['import("node:http").then(({ get }) => get("http://127.0.0.1:9/"))', 'attempt:'],
    ['import("node:dns").then(({ lookup }) => lookup("localhost", () => {}))', 'attempt:dns.lookup'],
  ])('the watch would have seen %s', async (script, attempt) => {
    const { lines } = await watch(['--eval', script]);
    expect(lines).toContainEqual(expect.stringContaining(attempt));
  });
});

/** Whether this system lets us have a network of our own, which has nothing in it. */
const canUnshare = spawnSync('unshare', ['-rn', 'true']).status === 0;

describe.skipIf(!canUnshare)('in a network namespace without any interface (needs unshare -rn)', () => {
  test('nothing can be reached, so that the next test means something', async () => {
    const script = 'require("node:net").connect(9, "192.0.2.1").on("error", ({ code }) => console.log(code))';
    const { stdout } = await runProcess(['unshare', '-rn', process.execPath, '--eval', script], {});
    expect(stdout).toBe('ENETUNREACH\n');
  });

  test('the command gives the same bytes', async () => {
    const finished = await runDocket(ARGV, { launcher: ['unshare', '-rn'] });
    expect(finished).toEqual({ exitCode: 1, stdout: online, stderr: '' });
    expect(parseLines(online).map(answerOf)).toContainEqual({ type: 'invoice' });
  });
});
