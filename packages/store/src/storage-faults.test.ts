import { DocketError } from '@docket/core';
import { describe, expect, it } from 'vitest';
import { isStorageFault, toStorageFault } from './storage-faults.js';

const systemError = (code: string) => Object.assign(new Error(`${code}: no`), { code });

describe('toStorageFault', () => {
  it.each([
    ['ENOSPC', 'capacity.disk_full', /free space/],
    ['EDQUOT', 'capacity.disk_full', /free space/],
    ['SQLITE_FULL', 'capacity.disk_full', /free space/],
    ['SQLITE_BUSY', 'state.database_locked', /another program.*end it/],
    ['SQLITE_BUSY_SNAPSHOT', 'state.database_locked', /another program/],
    ['EROFS', 'state.data_folder_unwritable', /mounted for writing/],
    ['EACCES', 'state.data_folder_unwritable', /belongs to the user/],
    ['SQLITE_READONLY', 'state.data_folder_unwritable', /mounted for writing/],
    ['SQLITE_READONLY_DIRECTORY', 'state.data_folder_unwritable', /mounted for writing/],
    ['SQLITE_IOERR_WRITE', 'state.data_folder_unwritable', /disk is sound/],
  ] as const)('%s is %s', (systemCode, code, remedy) => {
    const cause = systemError(systemCode);
    const fault = toStorageFault(cause);
    expect(fault).toMatchObject({ code, message: expect.stringMatching(remedy), cause });
    expect(isStorageFault(fault)).toBe(true);
  });

  it.each(['ENOENT', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CORRUPT', 'SQLITE_ERROR'])('%s is none', (code) => {
    const error = systemError(code);
    expect(toStorageFault(error)).toBe(error);
    expect(isStorageFault(error)).toBe(false);
  });

  it('names the folder only when it is told to, also of a fault that is one already', () => {
    const fault = toStorageFault(systemError('EROFS')) as DocketError;
    expect(fault.message).not.toContain('/srv');
    expect(toStorageFault(fault, '/srv/docket')).toMatchObject({
      code: fault.code,
      message: expect.stringMatching(/^\/srv\/docket cannot be used: /),
      cause: fault.cause,
    });
    const other = new DocketError('resource.not_found', 'no');
    expect(toStorageFault(other, '/srv/docket')).toBe(other);
  });
});
