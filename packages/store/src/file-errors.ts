import { DocketError } from '@docket/core';

/** Whether something thrown carries a code, as errors of the file system and of SQLite do. */
export function hasCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}

/** The error for a content that is no longer there. */
export function contentGone(cause?: unknown): DocketError {
  return new DocketError('resource.file_not_found', 'the bytes of this file are gone; upload it again', { cause });
}

/** The fault of a shared folder that is not there: its contents are not deleted, and come back with it. */
export function folderAway(): DocketError {
  const message =
    'the shared folder of files does not have its mark, so it is not mounted, or another; see that it is mounted, and try again';
  return new DocketError('state.data_folder_unwritable', message);
}

/** The fault of bytes that are there, but where this process does not look. */
export function misplaced(place: string): DocketError {
  const message = `the bytes of this file lie in ${place}; give all servers and workers the same --files`;
  return new DocketError('state.data_folder_unwritable', message);
}
