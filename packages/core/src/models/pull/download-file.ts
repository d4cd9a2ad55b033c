import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkDownload, type DownloadedFile, type ExpectedHashes, hashMismatch } from './check-download.js';
import type { HubClient, HubFile, HubRepository } from './hub-client.js';
import type { HubAnswer } from './hub-connection.js';
import { failureOf, hubError } from './hub-error.js';
import { PartialFile } from './partial-file.js';
import { withRetries } from './with-retries.js';

/** What {@link downloadFile} is told. */
export interface DownloadOptions {
  readonly client: HubClient;
  readonly repository: HubRepository;
  readonly file: HubFile;
  /** Where the file goes, at `<folder>/files/<path>`; until it is whole and checked, it lies in `<folder>/parts`. */
  readonly folder: string;
  readonly expected: ExpectedHashes;
  /** The most that is taken where nobody says how long the file is. Bytes. @default 8 GB */
  readonly maxBytes?: number | undefined;
  /** @param totalBytes `undefined` as long as nobody has said it */
  readonly onBytes?: (receivedBytes: number, totalBytes: number | undefined) => void;
}

const MAX_BYTES = 8_000_000_000;
/** A try that brought as much counts as none that failed. */
const PROGRESS_BYTES = 1_000_000;

/**
 * Brings one file, going on from the part that an earlier try left behind. The bytes count as the file only when their
 * number and SHA-256 are what they should be. Call it with a path that {@link chooseFiles} has passed.
 * @throws DocketError `model.checksum_mismatch`, `model.incompatible`, `resource.not_found`, `resource.unreadable`,
 *   `capacity.disk_full`; `data.reason` tells them apart
 */
export async function downloadFile(options: DownloadOptions): Promise<DownloadedFile> {
  const { client, repository, file, folder } = options;
  const target = join(folder, 'files', file.path);
  agree({ ...options.expected, hub: file.sha256 }, options);
  const kept = await checkKept(target, options);
  if (kept) return kept;
  const part = new PartialFile(join(folder, 'parts', `${file.path}.part`));
  let expected: ExpectedHashes = { ...options.expected, hub: file.sha256 };
  let sizeBefore = 0;
  let sizeAfter = 0;
  await withRetries(
    async () => {
      sizeBefore = await part.size();
      try {
        expected = await fetchRest(part, options, expected);
      } finally {
        sizeAfter = await part.size();
      }
    },
    { policy: client.retries, signal: client.signal, progressed: () => sizeAfter - sizeBefore >= PROGRESS_BYTES },
  );
  try {
    const checked = await checkDownload(part.path, { file, repository, hub: client.hub, expected });
    await part.moveTo(target);
    return checked;
  } catch (error) {
    await part.remove();
    throw error;
  }
}

/** A file that an earlier pull brought and checked, if it still is what it must be. */
async function checkKept(target: string, options: DownloadOptions): Promise<DownloadedFile | undefined> {
  const { client, repository, file, onBytes } = options;
  const bytes = (await stat(target).catch(() => undefined))?.size;
  if (bytes === undefined || (file.bytes !== undefined && bytes !== file.bytes)) return undefined;
  const expected = { ...options.expected, hub: file.sha256 };
  const checked = await checkDownload(target, { file, repository, hub: client.hub, expected }).catch(() => undefined);
  if (checked) onBytes?.(bytes, bytes);
  return checked;
}

/** Fetches what is missing. @returns All SHA-256 that are expected, with the one that the answer announced */
async function fetchRest(
  part: PartialFile,
  options: DownloadOptions,
  expected: ExpectedHashes,
): Promise<ExpectedHashes> {
  const { client, repository, file, onBytes, maxBytes = MAX_BYTES } = options;
  let start = await part.size();
  if (start > 0 && start === file.bytes) return expected;
  const etag = await part.entityTag();
  const isResumable = start > 0 && start < (file.bytes ?? maxBytes) && (etag !== undefined || hasAny(expected));
  const range: Record<string, string> = isResumable ? { range: `bytes=${start}-` } : {};
  const answer = await client.openFile(
    repository,
    file.path,
    isResumable && etag !== undefined ? { ...range, 'if-range': etag } : range,
  );
  try {
    const announced = { ...expected, hub: expected.hub ?? linkedHash(answer) };
    agree(announced, options);
    if (answer.status === 416) return await afterWrongRange(answer, part, start, announced, file);
    if (answer.status === 206) checkRange(answer, start, file);
    else {
      await part.begin(strongTag(answer));
      start = 0;
    }
    const total = file.bytes ?? totalOf(answer, start);
    onBytes?.(start, total);
    await part.append(answer.body, (bytes) => {
      if (bytes > (total ?? maxBytes)) throw tooLong(file, answer, total ?? maxBytes);
      onBytes?.(bytes, total);
    });
    const bytes = await part.size();
    if (total !== undefined && bytes < total) throw truncated(file, answer, bytes, total);
    return announced;
  } catch (error) {
    if (isOfContent(error)) await part.remove();
    throw error;
  } finally {
    await answer.discard();
  }
}

function hasAny(expected: ExpectedHashes): boolean {
  return Object.values(expected).some((hash) => hash !== undefined);
}

/** A part that is of no use to the next try. */
function isOfContent(error: unknown): boolean {
  const reason = failureOf(error);
  return reason === 'too_long' || reason === 'wrong_range' || reason === 'hash_mismatch';
}

/** A hub that announces other bytes than those that are wanted is not asked for them. */
function agree(expected: ExpectedHashes, { file, repository }: DownloadOptions): void {
  const { hub, catalogue, pin } = expected;
  for (const [source, hash] of [['catalogue', catalogue] as const, ['pin', pin] as const]) {
    if (hub !== undefined && hash !== undefined && hub !== hash)
      throw hashMismatch(file.path, repository, { source, expected: hash, actual: hub });
  }
}

/** The whole file may be here already: a hub has nothing beyond its end. */
async function afterWrongRange(
  answer: HubAnswer,
  part: PartialFile,
  start: number,
  expected: ExpectedHashes,
  file: HubFile,
): Promise<ExpectedHashes> {
  if (start > 0 && answer.header('content-range') === `bytes */${start}`) return expected;
  await part.remove();
  const message = `${answer.url.host} has no bytes of ${file.path} from ${start} on; run the command again, it begins anew`;
  throw hubError('wrong_range', message, { data: { path: file.path } });
}

function checkRange(answer: HubAnswer, start: number, file: HubFile): void {
  const range = answer.header('content-range') ?? '';
  const [, from, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(range) ?? [];
  const isTotalRight = file.bytes === undefined || total === '*' || Number(total) === file.bytes;
  if (Number(from) === start && isTotalRight) return;
  const message = `${answer.url.host} was asked for ${file.path} from byte ${start} on and sent "${range}"; run the command again, it begins anew`;
  throw hubError('wrong_range', message, { data: { path: file.path } });
}

function totalOf(answer: HubAnswer, start: number): number | undefined {
  const linked = toNumber(answer.announced('x-linked-size'));
  const length = toNumber(answer.header('content-length'));
  return linked ?? (length === undefined ? undefined : start + length);
}

function toNumber(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

/** Large files lie elsewhere: the hub announces their SHA-256 as an entity tag. */
function linkedHash(answer: HubAnswer): string | undefined {
  return /^(?:W\/)?"?([0-9a-f]{64})"?$/.exec(answer.announced('x-linked-etag') ?? '')?.[1];
}

function strongTag(answer: HubAnswer): string | undefined {
  const etag = answer.header('etag');
  return etag?.startsWith('"') ? etag : undefined;
}

function truncated(file: HubFile, answer: HubAnswer, bytes: number, total: number) {
  const message = `${answer.url.host} ended ${file.path} after ${bytes} of ${total} bytes; run the command again, it goes on from there`;
  return hubError('truncated', message, { data: { path: file.path, bytes, totalBytes: total } });
}

function tooLong(file: HubFile, answer: HubAnswer, total: number) {
  const message = `${answer.url.host} sends more than the ${total} bytes that ${file.path} has; what came was deleted, check --hub`;
  return hubError('too_long', message, { data: { path: file.path, totalBytes: total } });
}
