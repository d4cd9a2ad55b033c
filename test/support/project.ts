import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the whole project. */
export const projectFolder = fileURLToPath(new URL('../../', import.meta.url));

/** Folder in which the command runs unless told otherwise: paths in its output begin with `documents/`. */
export const fixturesFolder = join(projectFolder, 'test', 'fixtures');

/** The program behind the `docket` command, as `npm run build` leaves it. */
export const docketProgram = join(projectFolder, 'packages', 'cli', 'bin', 'docket.js');

/** Hostile documents of others, which stand beside the project and not in it. */
export const sharedHostileFolder = join(projectFolder, '..', 'shared', 'eval', 'hostile');
export const hasSharedHostile = existsSync(join(sharedHostileFolder, 'manifest.jsonl'));

/** Whether what takes minutes runs too. */
export const isLong = Boolean(process.env['DOCKET_TEST_LONG']);

/** What a fixture is: its label, null when no rule fits, or the code of its error. */
export type Expected = { readonly type: string | null } | { readonly error: string };

/** What each fixture document is, in the order in which a folder is read. */
export async function expectedResults(): Promise<[name: string, expected: Expected][]> {
  const expected: Record<string, Expected> = JSON.parse(await readFile(join(fixturesFolder, 'expected.json'), 'utf8'));
  // The names are ASCII, so the order of UTF-16 is that of code points.
  return Object.entries(expected).sort(([one], [other]) => (one < other ? -1 : 1));
}
