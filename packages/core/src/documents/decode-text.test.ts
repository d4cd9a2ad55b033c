import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.js';

const latin = (text: string) => Buffer.from(text, 'latin1');

describe('decodeText', () => {
  it.each([
    ['UTF-8', Buffer.from('Grüße 发票', 'utf8')],
    ['UTF-8 with a byte order mark', Buffer.from('\ufeffGrüße 发票', 'utf8')],
    ['UTF-16 with a byte order mark', Buffer.from('\ufeffGrüße 发票', 'utf16le')],
    ['UTF-16 big-endian with a byte order mark', Buffer.from('\ufeffGrüße 发票', 'utf16le').swap16()],
  ])('reads %s', (_, bytes) => {
    expect(decodeText(bytes)).toBe('Grüße 发票');
  });

  it.each([
    ['little-endian', Buffer.from('Grüße, 4711', 'utf16le')],
    ['big-endian', Buffer.from('Grüße, 4711', 'utf16le').swap16()],
  ])('knows %s UTF-16 by its zeros', (_, bytes) => {
    expect(decodeText(bytes)).toBe('Grüße, 4711');
  });

  it('reads the letters of western Europe without being told', () => {
    const text =
      'Sehr geehrte Frau Müller, für die Prüfung der Rechnung über 300 danken wir schön. Mit freundlichen Grüßen';
    expect(decodeText(latin(text))).toBe(text);
  });

  it('believes what the document declares, when it is not UTF-8', () => {
    expect(decodeText(Uint8Array.of(0xcf, 0xf0, 0xe8), 'windows-1251')).toBe('При');
  });

  it('believes valid UTF-8 more than what the document declares', () => {
    expect(decodeText(Buffer.from('Grüße', 'utf8'), 'iso-8859-1')).toBe('Grüße');
  });

  it('does not fail on an encoding that does not exist', () => {
    expect(decodeText(latin('Stra\xdfe'), 'no-such-encoding')).toMatch(/^Stra/);
  });

  it('never fails', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
    expect(decodeText(bytes)).toContain('ABC');
    expect(decodeText(new Uint8Array())).toBe('');
  });
});
