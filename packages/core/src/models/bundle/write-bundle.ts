import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import { DocketError } from '../../errors.js';
import { hasCode, namedDiskFull, pathExists, syncFolder } from '../files/file-system.js';
import { hashPieces, readPieces } from '../files/hash-file.js';
import { MANIFEST_NAME, type ModelFile, type ModelManifest } from '../model-manifest.js';
import { formatManifest } from '../read-manifest.js';

type TarSink = ReturnType<Pack['entry']>;

/** Where a bundle is written. */
export interface BundleOptions {
  /** Folder of the installed model. */
  readonly folder: string;
  readonly manifest: ModelManifest;
  readonly file: string;
  /** Whether a file of that name is replaced. @default false */
  readonly replace?: boolean;
}

/**
 * Writes a model into one `.tar.gz`, its manifest first: the same model gives the same bytes. The file is there whole
 * or not at all.
 * @throws DocketError `request.invalid_input` when the file is there already, `model.checksum_mismatch` when the
 *   installed model is not what its manifest says, `resource.file_not_found` without a folder to write to, `capacity.disk_full`
 */
export async function writeBundle({ folder, manifest, file, replace = false }: BundleOptions): Promise<void> {
  const target = resolve(file);
  const temporary = `${target}.${process.pid}-${randomBytes(4).toString('hex')}.part`;
  try {
    await refuseTaken(target, replace);
    await writeArchive(temporary, folder, manifest);
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

async function refuseTaken(target: string, replace: boolean): Promise<void> {
  if (replace || !(await pathExists(target))) return;
  const message = `${target} is there already; name another file, or replace it with --replace`;
  throw new DocketError('request.invalid_input', message, { data: { field: 'file', file: target } });
}

async function writeArchive(file: string, folder: string, manifest: ModelManifest): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  const archive = pack();
  const [written, filled] = await Promise.allSettled([
    pipeline(archive, createGzip(), handle.createWriteStream({ flush: true })),
    fill(archive, folder, manifest),
  ]);
  // What ends the one ends the other: the error of writing is the first of both.
  if (written.status === 'rejected') throw written.reason;
  if (filled.status === 'rejected') throw filled.reason;
}

/** Adds everything; what goes wrong ends the archive too. */
async function fill(archive: Pack, folder: string, manifest: ModelManifest): Promise<void> {
  try {
    const text = Buffer.from(formatManifest(manifest));
    archive.entry({ name: MANIFEST_NAME, mtime: new Date(0), mode: 0o644 }, text);
    for (const listed of manifest.files) await addFile(archive, join(folder, listed.path), listed);
    archive.finalize();
  } catch (error) {
    archive.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

async function addFile(archive: Pack, file: string, listed: ModelFile): Promise<void> {
  const { promise, done } = settled();
  const entry = archive.entry({ name: listed.path, size: listed.bytes, mtime: new Date(0), mode: 0o644 }, done);
  // A failure is told by the promise, and must not count as unheard before that is waited for.
  entry.on('error', () => {});
  promise.catch(() => {});
  let bytes = 0;
  const hashed = await hashPieces(readListed(file), (piece) => {
    bytes += piece.length;
    if (bytes > listed.bytes) throw changed(file);
    return writePiece(entry, piece, promise);
  });
  if (hashed.bytes !== listed.bytes || hashed.sha256 !== listed.sha256) throw changed(file);
  entry.end(null);
  await promise;
}

async function* readListed(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* readPieces(file);
  } catch (error) {
    throw hasCode(error, 'ENOENT') ? changed(file) : error;
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

function changed(file: string): DocketError {
  const message = `${file} is not what the manifest says, so no bundle was made; import the model again with --replace`;
  return new DocketError('model.checksum_mismatch', message, { data: { file } });
}
