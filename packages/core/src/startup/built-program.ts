import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Whether a bundle is there and no older than the last build of what it was made from. Where TypeScript left no trace (the
 * program was installed), it is.
 * @param folders `dist` folders, as file URLs with a trailing slash
 */
export function isCurrent(bundle: URL, folders: readonly URL[]): boolean {
  const bundled = modifiedAt(bundle);
  if (bundled === undefined) return false;
  return folders.every((folder) => (modifiedAt(new URL('.tsbuildinfo', folder)) ?? 0) <= bundled);
}

function modifiedAt(file: URL): number | undefined {
  return statSync(fileURLToPath(file), { throwIfNoEntry: false })?.mtimeMs;
}
