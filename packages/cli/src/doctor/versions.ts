import { existsSync, readFileSync, realpathSync } from 'node:fs';
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
  const cores = foldersOf(import.meta.url, '@docket/core').filter((folder) => existsSync(folder));
  for (const core of cores) {
    // Not every package lets its package.json be resolved.
    const places = foldersOf(join(realpathSync(core), 'package.json'), name).map((place) =>
      join(place, 'package.json'),
    );
    const file = places.find((place) => existsSync(place));
    if (file) return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
  }
  throw new Error('it is not installed; run the set-up again');
}

/** Where a package would lie, nearest first. */
function foldersOf(from: string, name: string): string[] {
  return (createRequire(from).resolve.paths(name) ?? []).map((folder) => join(folder, name));
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
