import { DocketError } from '@docket/core';

/** Whether something thrown carries a code, as errors of the file system and of SQLite do. */
export function hasCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}

/** The error for a content that is no longer there. */
export function contentGone(cause?: unknown): DocketError {
  return new DocketError('resource.file_not_found', 'the bytes of this file are gone; upload it again', { cause });
}
