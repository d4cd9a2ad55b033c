import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { DocketError } from '../../errors.js';
import { replaceFile } from '../files/file-system.js';
import type { DownloadedFile } from './check-download.js';

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

const pinsSchema = z.strictObject({
  format: z.literal(1),
  /** By `owner/name`. */
  repositories: z.record(
    z.string(),
    z.strictObject({
      /** The commit that is pulled unless another is asked for. */
      commit: z.string(),
      /** SHA-256 by path, by commit. */
      commits: z.record(z.string(), z.record(z.string(), hashSchema)),
    }),
  ),
});

/** What pulls saw on their first use, of every repository: `pins.json`. */
export type ModelPins = z.infer<typeof pinsSchema>;

/**
 * Reads the pins of a home.
 * @returns No pins when the file is not there
 * @throws DocketError `resource.unreadable` for a damaged file: nothing may pass for a first use because of it
 */
export async function readPins(path: string): Promise<ModelPins> {
  try {
    return pinsSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { format: 1, repositories: {} };
    const message = `${path}, which holds the SHA-256 of what was pulled before, is damaged; bring it back from a backup, or delete it to trust what the next pull sees`;
    throw new DocketError('resource.unreadable', message, { data: { path }, cause: error });
  }
}

/** Adds what was seen of a commit, and makes it the one that is pulled from now on. Writes the file as a whole. */
export async function writePins(
  path: string,
  pins: ModelPins,
  { repository, commit, files }: { repository: string; commit: string; files: readonly DownloadedFile[] },
): Promise<void> {
  const known = pins.repositories[repository]?.commits ?? {};
  const seen = Object.fromEntries(files.map((file) => [file.path, file.sha256]));
  const entry = { commit, commits: { ...known, [commit]: { ...known[commit], ...seen } } };
  const content: ModelPins = { ...pins, repositories: { ...pins.repositories, [repository]: entry } };
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, `${JSON.stringify(content, null, 2)}\n`);
}
