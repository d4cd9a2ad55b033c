import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DocketError } from '../errors.js';
import type { ReaderLimits } from './document-reader.js';
import { assertByteLimit } from './limits.js';

/** A document to classify: a path, a `file:` URL or bytes; a path or bytes may come with the name they had elsewhere. */
export type DocumentSource = string | URL | Uint8Array | NamedPath | LoadedSource;

/** A path with the name that the file had elsewhere. */
export interface NamedPath {
  readonly path: string;
  readonly name: string;
}

/** Bytes of a document, with its name where it has one. */
export interface LoadedSource {
  readonly bytes: Uint8Array;
  readonly name?: string;
}

/** @throws DocketError `resource.file_not_found`, `resource.unreadable`, `document.too_large` */
export async function loadSource(source: DocumentSource, limits: ReaderLimits): Promise<LoadedSource> {
  const named = await load(source, limits);
  assertByteLimit(named.bytes.byteLength, limits);
  return named;
}

async function load(source: DocumentSource, limits: ReaderLimits): Promise<LoadedSource> {
  if (source instanceof Uint8Array) return { bytes: source };
  if (typeof source === 'string' || source instanceof URL) return await loadFile(pathOf(source), limits);
  if ('bytes' in source) return source;
  const { bytes } = await loadFile(source.path, limits);
  return { bytes, name: source.name };
}

function pathOf(source: string | URL): string {
  if (typeof source === 'string') return source;
  if (source.protocol === 'file:') return fileURLToPath(source);
  const message = `${source.href} is not a file: URL; Docket reads local files only, fetch the document first`;
  throw new DocketError('resource.unreadable', message);
}

/** Opened without blocking: a pipe that nobody writes to would hold the process up for ever. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

async function loadFile(path: string, limits: ReaderLimits): Promise<LoadedSource> {
  try {
    await using file = await openFile(path);
    const stats = await file.handle.stat();
    if (!stats.isFile()) throw notAFile(path, stats.isDirectory());
    assertByteLimit(stats.size, limits);
    return { bytes: await file.handle.readFile(), name: basename(path) };
  } catch (error) {
    if (error instanceof DocketError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') {
      throw new DocketError('resource.file_not_found', `there is no file ${path}; check the path`, { cause: error });
    }
    const message = `the file ${path} cannot be read (${code ?? 'unknown reason'}); check that it is a file and its permissions`;
    throw new DocketError('resource.unreadable', message, { cause: error });
  }
}

async function openFile(path: string) {
  const handle = await open(path, OPEN_FLAGS);
  return { handle, [Symbol.asyncDispose]: () => handle.close() };
}

function notAFile(path: string, isFolder: boolean): DocketError {
  const what = isFolder ? 'is a folder' : 'is a pipe, a socket or a device';
  const message = `${path} ${what} and not a file; give files, or the content itself`;
  return new DocketError('resource.unreadable', message);
}
