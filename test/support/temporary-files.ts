import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives a run of the tests a folder for temporary files, so that nothing is left behind by any of them. */
export function setup(): () => void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'docket-vitest-')));
  // A database server must reach what lies in it, as another user than root.
  chmodSync(folder, 0o711);
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
