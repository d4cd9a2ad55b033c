import { createHash } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hashFile, replaceFile } from '@docket/core';
import { z } from 'zod';

/** What a file looked like, and the SHA-256 of what was in it. */
const entrySchema = z.tuple([z.string(), z.string()]);

const indexSchema = z.record(z.string(), entrySchema);

type Entry = z.infer<typeof entrySchema>;

/** A file whose content is known. */
export interface IdentifiedFile {
  /** {@link lookAt}, from before its content was looked at. */
  readonly look: string;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
}

/** A file that changed so lately could change again without looking different. */
const SETTLED_AFTER_MS = 2000;

/** Digits of a path's hash: the index names no file. */
const KEY_DIGITS = 24;

/**
 * Remembers which content a file has as long as it looks the same (inode, size, both times), as the index of Git does: a
 * known file need not be opened to find out. An index that cannot be read or written costs time, nothing else.
 */
export class ContentIndex {
  readonly #file: string;
  #entries: Promise<Map<string, Entry>> | undefined;
  #isChanged = false;

  constructor(file: string) {
    this.#file = file;
  }

  /** What a file holds; undefined when it cannot be read. */
  async identify(path: string): Promise<IdentifiedFile | undefined> {
    const seen = await lookAt(path);
    if (seen === undefined) return undefined;
    this.#entries ??= readIndex(this.#file);
    const entries = await this.#entries;
    const key = createHash('sha256').update(path).digest('hex').slice(0, KEY_DIGITS);
    const [look, known] = entries.get(key) ?? [];
    if (known !== undefined && look === seen.look) return { look, hash: known };
    const hash = (await hashFile(path).catch(() => undefined))?.sha256;
    if (hash === undefined) return undefined;
    if (seen.isSettled) {
      entries.set(key, [seen.look, hash]);
      this.#isChanged = true;
    }
    return { look: seen.look, hash };
  }

  /** Writes down what was found out. */
  async save(): Promise<void> {
    const entries = await this.#entries;
    if (!entries || !this.#isChanged) return;
    this.#isChanged = false;
    try {
      await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 });
      await replaceFile(this.#file, JSON.stringify(Object.fromEntries(entries)));
    } catch {
      // Found out again the next time.
    }
  }
}

/** What a file looks like: changes whenever the file does. Undefined when there is none. */
export async function lookAt(
  path: string,
): Promise<{ readonly look: string; readonly isSettled: boolean } | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  const { ino, size, mtimeNs, ctimeNs, mtimeMs, ctimeMs } = found;
  const changed = Math.max(Number(mtimeMs), Number(ctimeMs));
  return { look: `${ino} ${size} ${mtimeNs} ${ctimeNs}`, isSettled: Date.now() - changed > SETTLED_AFTER_MS };
}

async function readIndex(file: string): Promise<Map<string, Entry>> {
  try {
    return new Map(Object.entries(indexSchema.parse(JSON.parse(await readFile(file, 'utf8')))));
  } catch {
    return new Map();
  }
}
