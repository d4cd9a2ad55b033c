import { describe, expect, it } from 'vitest';
import { DocketError } from '../../errors.js';
import { TEST_LIMITS } from '../testing/read-text.js';
import { zipFiles } from '../testing/zip-files.js';
import { ZipParts } from './zip-parts.js';

const FILES = { 'a/B.xml': 'x'.repeat(1000), 'stored.bin': Uint8Array.of(1, 2, 3) };
const MEGABYTE = 1024 * 1024;

function errorOf(action: () => unknown): DocketError {
  try {
    action();
  } catch (thrown) {
    if (thrown instanceof DocketError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}

function text(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}

describe('ZipParts', () => {
  it('reads parts by name, whatever their case and slashes', () => {
    const parts = new ZipParts(zipFiles(FILES), TEST_LIMITS);
    expect(text(parts.read('A/b.xml'))).toBe('x'.repeat(1000));
    expect(text(parts.read('/a\\B.xml'))).toBe('x'.repeat(1000));
    expect([...(parts.read('stored.bin') ?? [])]).toEqual([1, 2, 3]);
    expect(parts.has('missing')).toBe(false);
    expect(parts.read('missing')).toBeUndefined();
  });

  it('reads a zip behind other bytes, and one with a comment', () => {
    const zip = zipFiles(FILES);
    expect(text(new ZipParts(Buffer.concat([Buffer.alloc(9), zip]), TEST_LIMITS).read('a/B.xml'))).toHaveLength(1000);
    const commented = Buffer.concat([zip, Buffer.from('comment')]);
    expect(text(new ZipParts(commented, TEST_LIMITS).read('a/B.xml'))).toHaveLength(1000);
  });

  it('stops a bomb at the limit, whatever size it claims', () => {
    const bomb = Buffer.from(zipFiles({ 'bomb.xml': new Uint8Array(64 * MEGABYTE) }));
    const directory = bomb.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    bomb.writeUInt32LE(10, directory + 24);
    const limits = { ...TEST_LIMITS, maxCharacters: 1000 };
    const before = process.memoryUsage().arrayBuffers;
    const error = errorOf(() => new ZipParts(bomb, limits).read('bomb.xml'));
    expect(error.code).toBe('document.too_large');
    expect(error.message).toContain('limits.maxCharacters (now 1000)');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * MEGABYTE);
  });

  it('limits all parts together, and counts a part once', () => {
    const part = new Uint8Array(5 * MEGABYTE);
    const parts = new ZipParts(zipFiles({ a: part, b: part }), { ...TEST_LIMITS, maxCharacters: 1000 });
    parts.read('a');
    parts.read('a');
    expect(errorOf(() => parts.read('b')).code).toBe('document.too_large');
  });

  it('says what is broken', () => {
    const zip = zipFiles(FILES);
    expect(errorOf(() => new ZipParts(zip.subarray(0, 100), TEST_LIMITS)).message).toContain('truncated');
    expect(errorOf(() => new ZipParts(new Uint8Array(100), TEST_LIMITS)).message).toContain('not a zip');
    expect(errorOf(() => new ZipParts(new Uint8Array(), TEST_LIMITS)).message).toContain('not a zip');
    expect(errorOf(() => new ZipParts(zipFiles({}), TEST_LIMITS)).message).toContain('without any part');
    const damaged = Uint8Array.from(zip);
    damaged.fill(0xff, 40, 50);
    const error = errorOf(() => new ZipParts(damaged, TEST_LIMITS).read('a/B.xml'));
    expect(error).toMatchObject({ code: 'document.corrupt', message: expect.stringContaining('"a/B.xml"') });
  });

  it('survives any damage with a typed error', () => {
    const zip = zipFiles(FILES);
    for (let position = 0; position < zip.length; position++) {
      const damaged = Uint8Array.from(zip);
      damaged[position] = (damaged[position] ?? 0) ^ 0xff;
      try {
        new ZipParts(damaged, TEST_LIMITS).read('a/B.xml');
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(DocketError);
      }
    }
  });

  it('tells a zip with a password', () => {
    const zip = Buffer.from(zipFiles(FILES));
    const directory = zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    zip.writeUInt16LE(1, directory + 8);
    expect(errorOf(() => new ZipParts(zip, TEST_LIMITS).read('a/B.xml')).code).toBe('document.encrypted');
  });
});
