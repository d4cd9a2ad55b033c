// Builds the console into packages/console/dist, unless nothing changed since the last time.
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'packages/console');
const stampFile = join(folder, 'dist/console.stamp');

const stamp = await hashInputs();
if ((await readFile(stampFile, 'utf8').catch(() => '')) !== stamp) {
  run(join(folder, 'node_modules/.bin/vite'), ['build', '--logLevel', 'warn'], { cwd: folder });
  await writeFile(stampFile, stamp);
}

async function hashInputs() {
  const hash = createHash('sha256').update(await readFile(join(root, 'pnpm-lock.yaml')));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.filter((path) => !/\/(?:dist|node_modules)\//.test(path)).sort()) {
    hash.update(file.slice(folder.length)).update(await readFile(file));
  }
  return hash.digest('hex');
}
