import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answerOf, parseLines } from '../support/outcome.js';
import { fixturesFolder } from '../support/project.js';
import { runDocket, runProcess } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { rules } from './support/classify-apart.js';

const letter = join(fixturesFolder, 'documents', 'letter.rtf');
const argv = (...paths: string[]) => ['classify', ...paths, '--rules', rules, '--format', 'jsonl'];

describe.skipIf(process.platform === 'win32')('paths that are no files', () => {
  test('fail on their own, and none of them hangs', { timeout: 60_000 }, async () => {
    const folder = temporaryFolder({ 'empty/.keep': '' });
    const pipe = join(folder, 'pipe');
    const socket = join(folder, 'socket');
    execFileSync('mkfifo', [pipe]);
    const server = createServer().listen(socket);
    await once(server, 'listening');
    const paths = ['/dev/zero', pipe, socket, '/dev/null', '/dev/full', letter];
    // Only the pipe, to which nobody writes, takes as long as it may.
    const { exitCode, stdout, stderr } = await runDocket(argv(...paths), { env: { DOCKET_LIMITS_OPEN_MS: '2000' } });
    server.close();
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(parseLines(stdout).map(answerOf)).toEqual([
      { error: 'resource.unreadable' },
      { error: 'document.timed_out' },
      { error: 'resource.unreadable' },
      { error: 'resource.unreadable' },
      { error: 'resource.unreadable' },
      { type: 'letter' },
    ]);
  });

  test('are passed over in a folder', async () => {
    const folder = temporaryFolder({ 'one.txt': 'Dear Sir or Madam, yours faithfully' });
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const { stdout } = await runDocket(argv(folder));
    expect(parseLines(stdout).map(({ path }) => path)).toEqual([join(folder, 'one.txt')]);
  });

  test('may be what another program writes', async () => {
    const command = `'${process.execPath}' "$0" classify <(cat '${letter}') --rules '${rules}' --format jsonl`;
    const program = join(fixturesFolder, '../../packages/cli/bin/docket.js');
    const { exitCode, stdout } = await runProcess(['bash', '-c', command, program], {});
    expect(exitCode).toBe(0);
    expect(parseLines(stdout).map(answerOf)).toEqual([{ type: 'letter' }]);
  });
});
