import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives a run of the tests a folder for temporary files, so that nothing is left behind by any of them. */
export function setup(): () => void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'docket-vitest-')));
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
