import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectFolder } from './project.js';

/**
 * Paths of the files that the project consists of, as seen from its folder: all but what `.gitignore` leaves out. Works
 * without git, and sees new files before they are committed.
 */
export function projectFiles(): string[] {
  const ignored = readFileSync(join(projectFolder, '.gitignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(toPattern);
  return walk(projectFolder, [/^\.git$/, ...ignored]);
}

function walk(folder: string, ignored: readonly RegExp[]): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    const name = relative(projectFolder, path);
    if (ignored.some((pattern) => pattern.test(name))) return [];
    if (entry.isDirectory()) return walk(path, ignored);
    return entry.isFile() ? [name] : [];
  });
}

/** Understands what stands there: names, `*`, and paths that end in a slash or not. Folders without one match too. */
function toPattern(line: string): RegExp {
  if (/[!?[\]]|\*\*/.test(line))
    throw new Error(`.gitignore has a pattern that this test does not understand: ${line}`);
  const name = line.replace(/\/$/, '');
  const body = name
    .replace(/^\//, '')
    .replaceAll(/[.+^$(){}|]/g, '\\$&')
    .replaceAll('*', '[^/]*');
  return name.includes('/') ? new RegExp(`^${body}$`) : new RegExp(`(^|/)${body}$`);
}
