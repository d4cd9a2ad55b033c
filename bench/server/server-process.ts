import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { docketProgram, plainEnvironment } from './docket-process.js';

const START_TIMEOUT_MS = 60_000;
const PROBE_INTERVAL_MS = 50;

/** A server in a process of its own, with an empty data folder. Disposing of it stops it and deletes the folder. */
export interface BenchServer extends AsyncDisposable {
  /** Without a trailing slash. */
  readonly url: string;
  readonly processId: number;
  readonly dataFolder: string;
}

/**
 * Starts the built `docket serve` on a free port, and waits until its engine has passed the self-test. Its log goes to a
 * file, so that nobody has to read it while something is measured.
 * @throws Error with the end of the log, when it ends or is not ready within a minute
 */
export async function startServer(concurrency: number, moreFlags: readonly string[] = []): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-bench-server-'));
  const logFile = join(folder, 'server.log');
  const log = await open(logFile, 'w');
  const dataFolder = join(folder, 'home');
  const flags = ['--port', '0', '--data-dir', dataFolder, '--concurrency', String(concurrency), ...moreFlags];
  const child = spawn(process.execPath, [docketProgram, 'serve', ...flags], {
    cwd: folder,
    env: plainEnvironment(),
    stdio: ['ignore', 'ignore', log.fd],
  });
  await log.close();
  const dispose = async () => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const url = await whenReady(child, logFile);
    return { url, processId: child.pid ?? 0, dataFolder, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    const written = await readFile(logFile, 'utf8');
    await dispose();
    throw new Error(`the server did not start: ${String(error)}\n${written.slice(-2000)}`, { cause: error });
  }
}

async function whenReady(child: ChildProcess, logFile: string): Promise<string> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  let url: string | undefined;
  while (child.exitCode === null && performance.now() < deadline) {
    url ??= addressIn(await readFile(logFile, 'utf8'));
    if (url !== undefined && (await fetch(`${url}/health/ready`)).ok) return url;
    await delay(PROBE_INTERVAL_MS);
  }
  throw new Error(child.exitCode === null ? 'it was not ready in time' : `it ended with ${child.exitCode}`);
}

/** The address that the server says it listens at. */
function addressIn(log: string): string | undefined {
  const line = log.split('\n').find((text) => text.includes('"msg":"listening"') && text.endsWith('}'));
  return line === undefined ? undefined : String(JSON.parse(line).url).replace(/\/$/, '');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
