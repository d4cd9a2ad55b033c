import { describe, expect, it } from 'vitest';
import { readText, TEST_LIMITS } from '../testing/read-text.js';
import { markdownReader, textReader } from './text-reader.js';

describe('textReader', () => {
  it('gives text as it is, with the line ends of Unix', async () => {
    const page = await readText(textReader, '\ufeffa\r\nb\rc\n');
    expect(page).toMatchObject({ text: 'a\nb\nc\n', method: 'text', pageCount: 1, title: undefined });
  });

  it.each(['utf16le', 'latin1'] as const)('reads %s', async (encoding) => {
    const text = 'Die Änderung würde größer ausfallen, als für die Prüfung nötig wäre.';
    expect((await readText(textReader, Buffer.from(text, encoding))).text).toBe(text);
  });

  it('reads UTF-16 of the other byte order', async () => {
    const bytes = Buffer.from('Rechnung', 'utf16le').swap16();
    expect((await readText(textReader, bytes)).text).toBe('Rechnung');
  });

  it.each([
    ['zeros', new Uint8Array(1000)],
    ['controls', Uint8Array.from({ length: 1000 }, (_, index) => index % 7)],
    [
      'compressed data',
      Uint8Array.from({ length: 5000 }, (_, index) => (index * index * 31 + (index >> 3) * 17) % 256),
    ],
  ])('refuses %s', async (_what, bytes) => {
    await expect(readText(textReader, bytes)).rejects.toMatchObject({ code: 'document.corrupt' });
  });

  it('gives blank text as none', async () => {
    expect(await readText(textReader, ' \n ')).toMatchObject({ method: 'none' });
  });

  it('names the limit that is broken', async () => {
    const limits = { ...TEST_LIMITS, maxCharacters: 3 };
    await expect(readText(textReader, 'four', { limits })).rejects.toThrow(/limits\.maxCharacters/);
  });
});

describe('markdownReader', () => {
  it('drops the lines around front matter and takes its title', async () => {
    const { text, title } = await readText(
      markdownReader,
      '---\ntitle: "Meeting notes"\ndate: 2020\n---\n# Notes\n* a\n',
    );
    expect({ text, title }).toEqual({
      text: 'title: "Meeting notes"\ndate: 2020\n\n# Notes\n* a\n',
      title: 'Meeting notes',
    });
    expect((await readText(markdownReader, '+++\ntitle = "Notes"\n+++\nText')).title).toBe('Notes');
  });

  it.each(['# Notes\n\n---\n\ntext\n', '---\nno end\n', 'text'])('keeps %j', async (source) => {
    expect(await readText(markdownReader, source)).toMatchObject({ text: source, title: undefined });
  });
});
