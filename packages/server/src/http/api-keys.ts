import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { DocketError } from '@docket/core';

const MIN_KEY_CHARACTERS = 8;
/** Permission bits of everybody but the owner. */
const OTHERS = 0o077;

/** What a file of API keys says. */
export interface ApiKeys {
  /** SHA-256 of each key. */
  readonly hashes: readonly Uint8Array[];
  /** Set when other users of this machine can read the keys: what to do about it. */
  readonly warning?: string;
}

/** What is kept of a key: 32 bytes. */
export function hashApiKey(key: string): Uint8Array {
  return createHash('sha256').update(key).digest();
}

/**
 * Reads a file with one API key per line; blank lines and lines that begin with `#` are left out.
 * @throws DocketError `resource.file_not_found`, `request.invalid_configuration` when a key is too short or there is none
 */
export async function readApiKeyFile(path: string): Promise<ApiKeys> {
  const { text, mode } = await readKeyText(path);
  const lines = text.split(/\r?\n/).map((line, index) => ({ key: line.trim(), line: index + 1 }));
  const keys = lines.filter(({ key }) => key !== '' && !key.startsWith('#'));
  const unusable = keys.find(({ key }) => [...key].length < MIN_KEY_CHARACTERS || /\s/.test(key));
  if (unusable !== undefined) {
    throw invalidKeys(path, `line ${unusable.line} must be one key of at least ${MIN_KEY_CHARACTERS} characters`);
  }
  if (keys.length === 0) throw invalidKeys(path, 'it has no key; write one per line');
  const hashes = keys.map(({ key }) => hashApiKey(key));
  if (process.platform === 'win32' || (mode & OTHERS) === 0) return { hashes };
  return { hashes, warning: `other users of this machine may read the API keys in ${path}; run: chmod 600 ${path}` };
}

async function readKeyText(path: string): Promise<{ text: string; mode: number }> {
  try {
    await using file = await open(path);
    const { mode } = await file.stat();
    return { text: (await file.readFile('utf8')).replace(/^\uFEFF/, ''), mode };
  } catch (error) {
    const message = `the API key file ${path} cannot be read; check the path and its permissions`;
    throw new DocketError('resource.file_not_found', message, { cause: error, data: { path } });
  }
}

function invalidKeys(path: string, problem: string): DocketError {
  return new DocketError('request.invalid_configuration', `the API key file ${path} cannot be used: ${problem}`, {
    data: { path },
  });
}
