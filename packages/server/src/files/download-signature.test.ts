import { describe, expect, it } from 'vitest';
import { isDownloadGranted, signDownload } from './download-signature.js';

const secret = Buffer.from('a secret of thirty-two characters');
const grant = { fileId: 'dfl-1', expires: Math.floor(Date.now() / 1000) + 600 };
const signature = signDownload(grant, secret);

describe('isDownloadGranted', () => {
  it('accepts what was signed', () => {
    expect(isDownloadGranted(grant, signature, secret)).toBe(true);
  });

  it('refuses another file, another time, another secret', () => {
    expect(isDownloadGranted({ ...grant, fileId: 'dfl-2' }, signature, secret)).toBe(false);
    expect(isDownloadGranted({ ...grant, expires: grant.expires + 1 }, signature, secret)).toBe(false);
    expect(isDownloadGranted(grant, signature, Buffer.from('another'))).toBe(false);
  });

  it('refuses cut, empty and non-ASCII signatures', () => {
    for (const wrong of ['', signature.slice(1), `${signature}a`, 'é'.repeat(signature.length)]) {
      expect(isDownloadGranted(grant, wrong, secret)).toBe(false);
    }
  });

  it('refuses what has expired', () => {
    const past = { fileId: 'dfl-1', expires: Math.floor(Date.now() / 1000) - 1 };
    expect(isDownloadGranted(past, signDownload(past, secret), secret)).toBe(false);
  });
});
