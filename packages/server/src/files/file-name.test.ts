import { describe, expect, it } from 'vitest';
import { cleanFileName, fileTypeOf } from './file-name.js';

describe('cleanFileName', () => {
  it.each([
    ['invoice.pdf', 'invoice.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\scan 17.pdf', 'scan 17.pdf'],
    ['inbox/Rechnung März – 日本.pdf', 'Rechnung März – 日本.pdf'],
    ['a\r\nset-cookie: x\u0000.pdf', 'aset-cookie: x.pdf'],
    ['caf\u00e9 %22No. 5%22%0D%0A 100%25.pdf', 'caf\u00e9 "No. 5" 100%25.pdf'],
    ['line\u2028break.txt', 'linebreak.txt'],
    ['folder/', 'unknown_file'],
    ['..', 'unknown_file'],
    ['\u0007', 'unknown_file'],
    ['', 'unknown_file'],
    [undefined, 'unknown_file'],
  ])('%j becomes %j', (given, expected) => {
    expect(cleanFileName(given)).toBe(expected);
  });
});

describe('fileTypeOf', () => {
  it.each([
    ['scan.PDF', 'pdf'],
    ['archive.tar.gz', 'gz'],
    ['README', null],
    ['.hidden', null],
    ['ends with a dot.', null],
  ])('%j is of type %j', (name, expected) => {
    expect(fileTypeOf(name)).toBe(expected);
  });
});
