import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DocketError } from '../../errors.js';

/** A file of which a part may be here already. `<path>` holds its first bytes, `<path>.json` what they belong to. */
export class PartialFile {
  readonly path: string;
  readonly #notePath: string;

  constructor(path: string) {
    this.path = path;
    this.#notePath = `${path}.json`;
  }

  /** How many bytes are here. */
  async size(): Promise<number> {
    return (await stat(this.path).catch(() => undefined))?.size ?? 0;
  }

  /** The strong entity tag of the answer that the bytes came with. */
  async entityTag(): Promise<string | undefined> {
    const text = await readFile(this.#notePath, 'utf8').catch(() => '{}');
    try {
      const { etag } = JSON.parse(text) as { etag?: unknown };
      return typeof etag === 'string' ? etag : undefined;
    } catch {
      return undefined;
    }
  }

  /** Begins anew, with the entity tag of the answer whose bytes will follow. */
  async begin(etag: string | undefined): Promise<void> {
    await this.remove();
    await mkdir(dirname(this.path), { recursive: true });
    await writeFile(this.#notePath, JSON.stringify(etag === undefined ? {} : { etag }));
    await writeFile(this.path, '');
  }

  /**
   * Appends what comes.
   * @param isWanted Asked before each chunk is written, with the number of bytes that the file would have
   * @throws What `chunks` or `isWanted` throws, after what came before is written; `capacity.disk_full`
   */
  async append(chunks: AsyncIterable<Uint8Array>, isWanted: (bytes: number) => void): Promise<void> {
    let bytes = await this.size();
    const file = await open(this.path, 'a');
    try {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        isWanted(bytes);
        await file.appendFile(chunk).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOSPC' && error.code !== 'EDQUOT') throw error;
          const message = `the disk that holds ${this.path} is full; free some space, then run the command again`;
          throw new DocketError('capacity.disk_full', message, { data: { path: this.path }, cause: error });
        });
      }
    } finally {
      await file.close();
    }
  }

  /** Gives the whole file its place. */
  async moveTo(target: string): Promise<void> {
    await mkdir(dirname(target), { recursive: true });
    await rename(this.path, target);
    await rm(this.#notePath, { force: true });
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
    await rm(this.#notePath, { force: true });
  }
}
