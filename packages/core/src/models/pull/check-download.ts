import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { DocketError } from '../../errors.js';
import type { HubFile, HubRepository } from './hub-client.js';
import { hubError } from './hub-error.js';
import { htmlMessage } from './hub-refusal.js';

/** Who says what the SHA-256 of a file must be. */
export type HashSource = 'catalogue' | 'pin' | 'hub';

/** SHA-256 that a file must have, in hexadecimal digits, by who says so. */
export type ExpectedHashes = Readonly<Partial<Record<HashSource, string | undefined>>>;

/** A file that is here and has been checked. */
export interface DownloadedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Whose SHA-256 it was found to have. Empty: nobody's, only its length was checked. */
  readonly checkedAgainst: readonly HashSource[];
}

/** What {@link checkDownload} compares with. */
export interface DownloadCheck {
  readonly file: HubFile;
  readonly repository: HubRepository;
  readonly hub: URL;
  readonly expected: ExpectedHashes;
}

const FIRST_BYTES = 512;

/**
 * Checks a file that has all its bytes: is it what a model has, and not a page or a pointer, and are they the right ones?
 * @throws DocketError `model.incompatible` (`html_page`, `lfs_pointer`), `model.checksum_mismatch`
 */
export async function checkDownload(path: string, check: DownloadCheck): Promise<DownloadedFile> {
  const { file, repository, hub, expected } = check;
  const { size: bytes } = await stat(path);
  const start = await firstBytes(path);
  const what = `${file.path} of ${repository.repository}`;
  const data = { path: file.path, repository: repository.repository };
  if (/^\s*<(?:!doctype html|html|head|body)\b/i.test(start)) {
    throw hubError('html_page', htmlMessage(what, hub.host), { data });
  }
  if (start.startsWith('version https://git-lfs.github.com/spec/')) {
    const message = `${hub.host} sent a Git LFS pointer instead of ${what}: its large files are missing there; check --hub`;
    throw hubError('lfs_pointer', message, { data });
  }
  const sha256 = await sha256Of(path);
  const sources = (['catalogue', 'pin', 'hub'] as const).filter((source) => expected[source] !== undefined);
  const wrong = sources.find((source) => expected[source] !== sha256);
  if (wrong) throw hashMismatch(file.path, repository, { source: wrong, expected: expected[wrong], actual: sha256 });
  return { path: file.path, bytes, sha256, checkedAgainst: sources };
}

async function firstBytes(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FIRST_BYTES), 0, FIRST_BYTES, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** The error for bytes that are not those that somebody said they would be. */
export function hashMismatch(
  path: string,
  { repository, commit }: HubRepository,
  { source, expected, actual }: { source: HashSource; expected: string | undefined; actual: string },
): DocketError {
  const says = {
    catalogue: 'the catalogue says',
    pin: 'the first pull recorded',
    hub: 'the hub itself announces',
  }[source];
  const message = `${path} of ${repository} at ${commit} has the SHA-256 ${actual}, but ${says} ${expected}; nothing of it was kept. Run the command again; if it stays so, do not use this model from this hub`;
  return hubError('hash_mismatch', message, { data: { path, repository, commit, source, expected, actual } });
}
