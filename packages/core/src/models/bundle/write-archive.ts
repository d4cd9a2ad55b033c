import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import { DocketError } from '../../errors.js';
import { hasCode, namedDiskFull, pathExists, syncFolder } from '../files/file-system.js';
import { hashPieces, readPieces } from '../files/hash-file.js';

type TarSink = ReturnType<Pack['entry']>;

/** A file of an archive: bytes at hand, or a file with what it must turn out to be. */
export type ArchiveEntry = ArchiveBytes | ArchivedFile;

interface NamedEntry {
  /** Path in the archive, with `/`. */
  readonly name: string;
  /** @default false */
  readonly isExecutable?: boolean;
}

interface ArchiveBytes extends NamedEntry {
  readonly content: Uint8Array;
}

interface ArchivedFile extends NamedEntry {
  /** Where the file is. */
  readonly source: string;
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** What is written, and where to. */
export interface ArchiveOptions {
  readonly entries: readonly ArchiveEntry[];
  readonly file: string;
  /** Whether a file of that name is replaced. @default false */
  readonly replace?: boolean;
  /** When every entry was last changed. @default 1970 */
  readonly modified?: Date;
  /** 1 to 9. @default that of zlib, 6 */
  readonly compression?: number;
  /** Nothing is left behind when it aborts. */
  readonly signal?: AbortSignal;
  /** The error for a file that is not what its entry says. */
  readonly changed: (source: string) => DocketError;
}

/**
 * Writes a `.tar.gz`, entries in the order in which they are given: the same entries give the same bytes. The file is
 * there whole or not at all.
 * @throws DocketError `request.invalid_input` when the file is there already, what `changed` makes,
 *   `resource.file_not_found` without a folder to write to, `capacity.disk_full`
 */
export async function writeArchive(options: ArchiveOptions): Promise<void> {
  const { file, replace = false } = options;
  const target = resolve(file);
  const temporary = `${target}.${process.pid}-${randomBytes(4).toString('hex')}.part`;
  try {
    await refuseTaken(target, replace);
    await writeEntries(temporary, options);
    // Not a link, which fails for taken names, but also on the file systems of memory sticks.
    await refuseTaken(target, replace);
    await rename(temporary, target);
    await syncFolder(dirname(target));
  } catch (error) {
    if (!hasCode(error, 'ENOENT', 'ENOTDIR')) throw namedDiskFull(error, target);
    const message = `the folder ${dirname(target)} is not there; make it, or name another file`;
    throw new DocketError('resource.file_not_found', message, { data: { file: target }, cause: error });
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * Refuses to write a file that is there already.
 * @throws DocketError `request.invalid_input`
 */
export async function refuseTaken(target: string, replace: boolean): Promise<void> {
  if (replace || !(await pathExists(target))) return;
  const message = `${target} is there already; name another file, or replace it with --replace`;
  throw new DocketError('request.invalid_input', message, { data: { field: 'file', file: target } });
}

async function writeEntries(file: string, options: ArchiveOptions): Promise<void> {
  const { compression, signal } = options;
  const handle = await open(file, 'wx', 0o600);
  const archive = pack();
  const [written, filled] = await Promise.allSettled([
    pipeline(
      archive,
      createGzip(compression === undefined ? {} : { level: compression }),
      handle.createWriteStream({ flush: true }),
      signal ? { signal } : {},
    ),
    fill(archive, options),
  ]);
  // What ends the one ends the other: the error of writing is the first of both.
  if (written.status === 'rejected') throw written.reason;
  if (filled.status === 'rejected') throw filled.reason;
}

/** Adds everything; what goes wrong ends the archive too. */
async function fill(archive: Pack, { entries, modified: mtime = new Date(0), changed }: ArchiveOptions): Promise<void> {
  try {
    for (const entry of entries) {
      const header = { name: entry.name, mtime, mode: entry.isExecutable ? 0o755 : 0o644 };
      if ('content' in entry) archive.entry(header, Buffer.from(entry.content));
      else await addFile(archive, { ...header, size: entry.bytes }, { ...entry, changed });
    }
    archive.finalize();
  } catch (error) {
    archive.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

async function addFile(
  archive: Pack,
  header: Parameters<Pack['entry']>[0],
  { source, changed, ...listed }: ArchivedFile & Pick<ArchiveOptions, 'changed'>,
): Promise<void> {
  const { promise, done } = settled();
  const entry = archive.entry(header, done);
  // A failure is told by the promise, and must not count as unheard before that is waited for.
  entry.on('error', () => {});
  promise.catch(() => {});
  let bytes = 0;
  const hashed = await hashPieces(readListed(source, changed), (piece) => {
    bytes += piece.length;
    if (bytes > listed.bytes) throw changed(source);
    return writePiece(entry, piece, promise);
  });
  if (hashed.bytes !== listed.bytes || hashed.sha256 !== listed.sha256) throw changed(source);
  entry.end(null);
  await promise;
}

async function* readListed(source: string, changed: ArchiveOptions['changed']): AsyncGenerator<Uint8Array> {
  try {
    yield* readPieces(source);
  } catch (error) {
    throw hasCode(error, 'ENOENT') ? changed(source) : error;
  }
}

async function writePiece(entry: TarSink, piece: Uint8Array, failed: Promise<void>): Promise<void> {
  if (entry.write(piece)) return;
  await Promise.race([new Promise<void>((drained) => entry.once('drain', drained)), failed]);
}

function settled() {
  let done: (error?: Error | null) => void = () => {};
  const promise = new Promise<void>((fulfil, reject) => {
    done = (error) => (error ? reject(error) : fulfil());
  });
  return { promise, done };
}
