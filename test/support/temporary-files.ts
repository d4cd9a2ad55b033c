import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VARIABLE = 'DOCKET_TEST_FILES';

/**
 * Gives a run of the tests one folder for temporary files, so that nothing is left behind by any of them. Called for each of its
 * projects: folders within each other would make paths too long for sockets.
 */
export function setup(): (() => void) | undefined {
  if (process.env[VARIABLE]) return undefined;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'docket-vitest-')));
  // PostgreSQL runs as another user, in a folder of its own in it.
  chmodSync(folder, 0o711);
  process.env[VARIABLE] = folder;
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
