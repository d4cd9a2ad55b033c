import { describe, expect, it } from 'vitest';
import { isDownloadGranted, signDownload } from './download-signature.js';

const secret = Buffer.from('a secret of thirty-two characters');
const expires = 1_800_000_000;
const grant = { fileId: 'dfl-1', expires };
const check = { secret, nowMs: (expires - 600) * 1000 };
const signature = signDownload(grant, secret);

describe('isDownloadGranted', () => {
  it('accepts what was signed', () => {
    expect(isDownloadGranted(grant, signature, check)).toBe(true);
  });

  it('refuses another file, another time, another secret', () => {
    expect(isDownloadGranted({ ...grant, fileId: 'dfl-2' }, signature, check)).toBe(false);
    expect(isDownloadGranted({ ...grant, expires: grant.expires + 1 }, signature, check)).toBe(false);
    expect(isDownloadGranted(grant, signature, { ...check, secret: Buffer.from('another') })).toBe(false);
  });

  it('refuses cut, empty and non-ASCII signatures', () => {
    for (const wrong of ['', signature.slice(1), `${signature}a`, 'é'.repeat(signature.length)]) {
      expect(isDownloadGranted(grant, wrong, check)).toBe(false);
    }
  });

  it('refuses what has expired, from its last moment on', () => {
    const at = (nowMs: number) => isDownloadGranted(grant, signature, { secret, nowMs });
    expect([at(expires * 1000 - 1), at(expires * 1000), at(expires * 1000 + 1)]).toEqual([true, false, false]);
  });
});
