import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, freemem, release, totalmem } from 'node:os';
import { join } from 'node:path';

const OLDEST_NODE = [20, 19] as const;

/** @throws Error when this Node is too old */
export function describeNode(version: string = process.versions.node): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOldEnough = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  if (isOldEnough) return version;
  throw new Error(`${version} is too old; Docket needs ${OLDEST_NODE.join('.')} or later`);
}

/** `linux x64, 6.1.0; 8 processors, 31.2 GiB of memory, 12.0 GiB free` */
export function describeMachine(): string {
  const { platform, arch } = process;
  const processors = availableParallelism();
  const count = `${processors} ${processors === 1 ? 'processor' : 'processors'}`;
  const memory = `${gibibytes(totalmem())} of memory, ${gibibytes(freemem())} free`;
  return `${platform} ${arch}, ${release()}; ${count}, ${memory}`;
}

/**
 * Version of a package that core depends on and this package does not.
 * @throws Error when it is not installed
 */
export function versionOfCoreDependency(name: string): string {
  const folders = createRequire(import.meta.url).resolve.paths('@docket/core') ?? [];
  for (const folder of folders) {
    const core = join(folder, '@docket', 'core');
    try {
      const file = createRequire(join(realpathSync(core), 'package.json')).resolve(`${name}/package.json`);
      return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
    } catch {}
  }
  throw new Error('it is not installed; run the set-up again');
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
