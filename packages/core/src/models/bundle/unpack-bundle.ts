import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { DocketError } from '../../errors.js';
import { hasCode } from '../files/file-system.js';
import { writeHashed } from '../files/hash-file.js';
import { type ModelFault, modelFault } from '../files/model-fault.js';
import { MANIFEST_NAME, type ModelFile, type ModelManifest } from '../model-manifest.js';
import { parseManifest } from '../read-manifest.js';
import { ExpansionLimit } from './expansion-limit.js';

const MAX_MANIFEST_BYTES = 4 * 1024 ** 2;
/** Of a file's header, a long name, and filling up to whole blocks. */
const ENTRY_OVERHEAD_BYTES = 4096;
const END_OVERHEAD_BYTES = 64 * 1024;

interface Entry extends AsyncIterable<unknown> {
  readonly header: Header;
}

/**
 * Unpacks a bundle into an empty folder, believing nothing: names, sizes and hashes have to be those of the manifest
 * that comes first, and no more is written than it says.
 * @returns the manifest, which is not written
 * @throws DocketError `model.checksum_mismatch` naming the file, `model.incompatible` for what is not a whole bundle
 */
export async function unpackBundle(file: string, folder: string): Promise<ModelManifest> {
  const limit = new ExpansionLimit(MAX_MANIFEST_BYTES + END_OVERHEAD_BYTES);
  const archive = extract();
  const reading = pipeline(createReadStream(file), createGunzip(), limit, archive);
  // Heard below: whichever fails first ends the other.
  reading.catch(() => {});
  try {
    const manifest = await unpackEntries(archive, { file, folder, limit });
    await reading;
    return manifest;
  } catch (error) {
    throw limit.isExceeded ? tooLarge(file) : namedFault(error, file);
  }
}

async function unpackEntries(
  archive: AsyncIterable<Entry>,
  { file, folder, limit }: { file: string; folder: string; limit: ExpansionLimit },
): Promise<ModelManifest> {
  let manifest: ModelManifest | undefined;
  const missing = new Map<string, ModelFile>();
  for await (const entry of archive) {
    if (!manifest) {
      manifest = await readFirst(entry, file);
      for (const listed of manifest.files) missing.set(listed.path, listed);
      limit.raise(manifest.files.reduce((sum, { bytes }) => sum + bytes + ENTRY_OVERHEAD_BYTES, 0));
    } else {
      const listed = takeListed(entry, missing, file);
      await unpackEntry(entry, listed, { file, folder });
    }
  }
  const [absent] = missing.keys();
  if (!manifest) throw notABundle(file);
  if (absent !== undefined) throw bundleFault('bundle_truncated', file, `has no ${absent}, which its manifest lists`);
  return manifest;
}

async function readFirst(entry: Entry, file: string): Promise<ModelManifest> {
  const { name, type, size } = entry.header;
  if (name !== MANIFEST_NAME || type !== 'file' || size > MAX_MANIFEST_BYTES) throw notABundle(file);
  const pieces: Uint8Array[] = [];
  for await (const piece of piecesOf(entry)) pieces.push(piece);
  return parseManifest(Buffer.concat(pieces).toString('utf8'), `${MANIFEST_NAME} of ${file}`);
}

async function* piecesOf(entry: Entry): AsyncGenerator<Uint8Array> {
  for await (const piece of entry) if (piece instanceof Uint8Array) yield piece;
}

/** What the manifest lists for an entry, once. */
function takeListed({ header }: Entry, missing: Map<string, ModelFile>, file: string): ModelFile {
  const name = JSON.stringify(header.name);
  const listed = missing.get(header.name);
  if (header.type !== 'file') throw bundleFault('bundle_unlisted', file, `holds ${name}, a ${header.type} and no file`);
  if (!listed) {
    throw bundleFault('bundle_unlisted', file, `holds ${name}, which its manifest does not list, or lists but once`);
  }
  if (header.size !== listed.bytes) throw mismatch(file, listed, { bytes: header.size });
  missing.delete(header.name);
  return listed;
}

async function unpackEntry(
  entry: Entry,
  listed: ModelFile,
  { file, folder }: { file: string; folder: string },
): Promise<void> {
  const target = join(folder, listed.path);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const hashed = await writeHashed(target, piecesOf(entry));
  if (hashed.sha256 !== listed.sha256) throw mismatch(file, listed, hashed);
}

function mismatch(file: string, listed: ModelFile, found: { bytes: number; sha256?: string }): DocketError {
  const message = `${listed.path} in the bundle ${file} is not what its manifest says; copy the bundle again, or make it again with \`docket models bundle\``;
  return new DocketError('model.checksum_mismatch', message, { data: { file: listed.path, expected: listed, found } });
}

function notABundle(file: string): DocketError {
  const message = `${file} is not a bundle of Docket: it does not begin with ${MANIFEST_NAME}; make one with \`docket models bundle\`, or unpack it and import the folder`;
  return modelFault({ fault: 'not_a_bundle', message, file });
}

function tooLarge(file: string): DocketError {
  return bundleFault('bundle_too_large', file, 'expands to more than its manifest says');
}

function bundleFault(fault: ModelFault, file: string, problem: string, cause?: unknown): DocketError {
  const message = `the bundle ${file} ${problem}; get it again from where it was made`;
  return modelFault({ fault, message, file, cause });
}

function namedFault(error: unknown, file: string): unknown {
  if (error instanceof DocketError || !(error instanceof Error)) return error;
  if (hasCode(error, 'Z_BUF_ERROR') || error.message === 'Unexpected end of data') {
    return bundleFault('bundle_truncated', file, 'is cut off', error);
  }
  const isGarbled =
    hasCode(error, 'Z_DATA_ERROR') || /invalid tar header|invalid header|header exceeds/i.test(error.message);
  return isGarbled ? bundleFault('not_a_bundle', file, `cannot be read: ${error.message}`, error) : error;
}
