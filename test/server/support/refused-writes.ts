import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** Whether system calls of a running process can be made to fail here. */
export const canRefuseWrites = spawnSync('strace', ['-V']).status === 0;

const LOOK_MS = 20;

/**
 * Makes writes of a running process to some files fail as on a disk that the system has turned read-only after an error, until
 * this is disposed of. (The system refuses to remount a disk read-only on request while a database on it is open.)
 */
export async function refuseWrites(processId: number, paths: readonly string[]): Promise<AsyncDisposable> {
  const calls = 'pwrite64,write,ftruncate,fallocate';
  const files = paths.flatMap((path) => ['--trace-path', path]);
  const flags = ['-f', '-qq', '-o', '/dev/null', ...files, '-e', `trace=${calls}`, '-e', `inject=${calls}:error=EROFS`];
  const tracer = spawn('strace', [...flags, '-p', String(processId)], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(tracer, 'exit');
  while (!isTraced(processId)) {
    if (tracer.exitCode !== null) throw new Error(`strace ended with ${tracer.exitCode}`);
    await delay(LOOK_MS);
  }
  return {
    [Symbol.asyncDispose]: async () => {
      tracer.kill('SIGTERM');
      await ended;
    },
  };
}

function isTraced(processId: number): boolean {
  return execFileSync('cat', [`/proc/${processId}/status`], { encoding: 'utf8' }).match(/^TracerPid:\t0$/m) === null;
}
