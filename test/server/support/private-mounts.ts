import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A mount namespace: what is mounted in it, nobody outside sees, and it is gone with the last process inside. Disposing of it
 * ends the process that keeps it; end those that were launched inside first.
 */
export interface PrivateMounts extends Disposable {
  /** An empty folder to mount things on. */
  readonly folder: string;
  /** What starts a program inside, before the program's own words. */
  readonly launcher: readonly string[];
  /** Runs a program inside. @throws Error when it fails */
  run(program: string, ...argv: readonly string[]): void;
  /** The path by which this process, which is outside, reaches what is inside. */
  seen(path: string): string;
}

const UNSHARE = ['--mount', '--propagation', 'private'];

/** Why there can be no such namespace here; undefined when there can. */
export const noPrivateMounts = findObstacle();

/** Makes one. */
export async function privateMounts(): Promise<PrivateMounts> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'docket-mounts-')));
  const keeper = spawn('unshare', [...UNSHARE, 'sh', '-c', 'echo ready; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(keeper.stdout, 'data');
  const launcher = ['nsenter', '--target', String(keeper.pid), '--mount'];
  return {
    folder,
    launcher,
    run: (program, ...argv) => {
      const [enter = '', ...words] = launcher;
      execFileSync(enter, [...words, program, ...argv], { stdio: ['ignore', 'ignore', 'pipe'] });
    },
    seen: (path) => `/proc/${keeper.pid}/root${path}`,
    [Symbol.dispose]: () => {
      keeper.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Mounts a small disk in memory on a new folder. @returns The folder */
export function mountSmallDisk(mounts: PrivateMounts, megabytes: number): string {
  const disk = join(mounts.folder, 'disk');
  mkdirSync(disk);
  mounts.run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'tmpfs', disk);
  return disk;
}

/** Makes a folder read-only, for whoever opens something in it from now on, root too. Undone by `umount`. */
export function mountReadOnly(mounts: PrivateMounts, folder: string): void {
  mounts.run('mount', '--bind', folder, folder);
  mounts.run('mount', '-o', 'remount,bind,ro', folder);
}

function findObstacle(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux';
  const tried = spawnSync('unshare', [...UNSHARE, 'sh', '-c', 'mount -t tmpfs tmpfs /mnt && nsenter --version']);
  return tried.status === 0 ? undefined : 'mount namespaces are not allowed here, or nsenter is missing';
}
