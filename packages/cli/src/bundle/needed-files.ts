import { realpathSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isForAnotherMachine, type Machine } from './machine.js';
import { needsOf } from './package-needs.js';
import type { ProductionPackage } from './production-packages.js';

/** Licences travel with what they are for. */
const LICENCE =
  /(?:^|\/)(?:licen[cs]es?|copying|copyright|notices?|thirdpartynotices|third[-_]party[^/]*|patents)(?:[-_.][^/]*)?$/i;

/** Code may be about licences. */
const CODE = /\.(?:[cm]?[jt]sx?|vue|json|map)$/;

/** Types, sources of native code, what compilers and editors leave, texts for people. */
const UNNEEDED = [
  /\.(?:ts|mts|cts|tsx|map|flow|tsbuildinfo|stamp)$/,
  /\.(?:c|cc|cpp|cxx|h|hh|hpp|gyp|gypi|o|a|d|mk|obj|pdb)$/,
  /\.(?:md|markdown|mkd|rst|coffee|tgz)$/i,
  // Languages for OCR come packed.
  /(?<!\.traineddata)\.gz$/i,
  // For browsers: the same lies beside it, unminified.
  /\.min\.[cm]?js$/,
];

/** The same, at the top of packages of others. */
const UNNEEDED_AT_TOP = [
  /^(?:tests?|__tests__|specs?|docs?|examples?|bench|benchmarks?|coverage|man|typings|scripts)\//i,
  /^(?:test|benchmark|bench|gruntfile|gulpfile|karma\.conf|rollup\.config|eslint\.config|webpack\.config)\.[cm]?js$/i,
  /^(?:authors|contributors|changelog|changes|history|readme|makefile|bower\.json|component\.json|tsconfig[^/]*\.json|yarn\.lock|package-lock\.json)$/i,
];

/**
 * Lists the files of a package that it needs to run on a machine, and its licences: relative paths with `/`, sorted.
 * A package of Docket itself gives what `files` of its `package.json` says.
 */
export async function neededFiles({ folder, manifest }: ProductionPackage, machine: Machine): Promise<string[]> {
  const isOwn = manifest.name.startsWith('@docket/');
  const needs = needsOf(manifest.name);
  const listed = isOwn ? manifest.files : needs.only;
  const files = await filesBelow(folder);
  return files.filter((path) => {
    if (isAlwaysTaken(path)) return true;
    if (listed !== undefined && !isBelow(path, listed)) return false;
    if (isBelow(path, needs.leaveOut ?? []) || needs.leaveOutEndings?.some((ending) => path.endsWith(ending)))
      return false;
    // What is read to a user, not to a program: an example, rules, a template.
    if (isOwn) return !/(?:\.d\.[cm]?ts|\.map|\.tsbuildinfo|\.stamp)$/.test(path);
    const unneeded = [...UNNEEDED, ...UNNEEDED_AT_TOP].some((pattern) => pattern.test(path));
    return !unneeded && !hasDot(path) && !isForAnotherMachine(path, machine);
  });
}

/** Whether nothing of a package is left that could be loaded. */
export function isEmpty(files: readonly string[]): boolean {
  return files.every(isAlwaysTaken);
}

function isAlwaysTaken(path: string): boolean {
  return path === 'package.json' || (LICENCE.test(path) && !CODE.test(path));
}

async function filesBelow(folder: string): Promise<string[]> {
  const files: string[] = [];
  const walk = async (path: string) => {
    for (const entry of await readdir(join(folder, path), { withFileTypes: true })) {
      const below = path === '' ? entry.name : `${path}/${entry.name}`;
      // Those it needs are packages of their own.
      if (entry.isDirectory() && entry.name !== 'node_modules') await walk(below);
      else if (entry.isFile() || (entry.isSymbolicLink() && isInside(folder, below))) files.push(below);
    }
  };
  await walk('');
  return files.sort();
}

/** A link within its package, such as `libvips.so`, is followed. */
function isInside(folder: string, path: string): boolean {
  return realpathSync(join(folder, path)).startsWith(`${folder}/`);
}

function isBelow(path: string, places: readonly string[]): boolean {
  return places.some((place) => path === place || path.startsWith(`${place.replace(/\/$/, '')}/`));
}

/** `.eslintrc`, `.github/`. */
function hasDot(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.'));
}
