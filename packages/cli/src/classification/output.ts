import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DocketError } from '@docket/core';
import { type OutputStream, print } from '../shell.js';

/** Where results go. Disposing of it without a commit leaves nothing behind. */
export interface Output extends AsyncDisposable {
  write(text: string): Promise<void>;
  /** Makes what was written last. */
  commit(): Promise<void>;
}

/** Writes to a stream as it comes. */
export function streamOutput(stream: OutputStream): Output {
  return {
    write: (text) => (text === '' ? Promise.resolve() : print(stream, text)),
    commit: async () => {},
    [Symbol.asyncDispose]: async () => {},
  };
}

/**
 * Writes a file whole or not at all: into a hidden file beside it, which takes its place in the end. What is no regular
 * file (`/dev/null`, a pipe) is written to directly.
 * @throws DocketError `request.invalid_usage` when it cannot be written
 */
export async function openOutputFile(path: string): Promise<Output> {
  const target = await realpath(path).catch(() => path);
  const existing = await stat(target).catch(() => undefined);
  if (existing?.isDirectory()) throw notWritable(path, 'it is a folder');
  if (existing && !existing.isFile()) return fileOutput(await openFile(target, 'w', path));
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  const file = await openFile(temporary, 'wx', path);
  if (existing) await file.chmod(existing.mode & 0o777).catch(() => {});
  return fileOutput(file, { temporary, target });
}

function fileOutput(file: FileHandle, names?: { readonly temporary: string; readonly target: string }): Output {
  let isDone = false;
  return {
    write: async (text) => {
      if (text !== '') await file.writeFile(text);
    },
    commit: async () => {
      // Pipes and devices know no sync.
      if (names) await file.sync();
      await file.close();
      if (names) await rename(names.temporary, names.target);
      isDone = true;
    },
    [Symbol.asyncDispose]: async () => {
      if (isDone) return;
      await file.close().catch(() => {});
      if (names) await rm(names.temporary, { force: true });
    },
  };
}

async function openFile(name: string, flags: string, path: string): Promise<FileHandle> {
  try {
    return await open(name, flags);
  } catch (error) {
    throw notWritable(path, (error as NodeJS.ErrnoException).code ?? 'unknown reason', error);
  }
}

function notWritable(path: string, reason: string, cause?: unknown): DocketError {
  const message = `the output file ${path} cannot be written (${reason}); check its folder and permissions`;
  return new DocketError('request.invalid_usage', message, { cause });
}
