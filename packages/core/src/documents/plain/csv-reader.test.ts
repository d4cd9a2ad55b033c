import { describe, expect, it } from 'vitest';
import { readText } from '../testing/read-text.js';
import { csvReader } from './csv-reader.js';

describe('csvReader', () => {
  it.each([
    ['comma', 'Name,City\nAda,London\n', 'Name\tCity\nAda\tLondon'],
    ['semicolon', 'Name;Price\nPen;1,50\nInk;2,50\n', 'Name\tPrice\nPen\t1,50\nInk\t2,50'],
    ['tab', 'Name\tNote\nAda\ta, b\nBob\tc', 'Name\tNote\nAda\ta, b\nBob\tc'],
    ['a named delimiter', 'sep=|\na|b;c\n', 'a\tb;c'],
    ['quotes', '"a, ""b""","two\nlines"\n"x",y\n', 'a, "b"\ttwo lines\nx\ty'],
    ['stray quotes', '5" pipe,2\n"open', '5" pipe\t2\nopen'],
    ['empty rows and cells', 'a,,b\n\n,,\nc,,\n', 'a\t\tb\nc'],
  ])('reads %s', async (_what, source, text) => {
    expect((await readText(csvReader, source)).text).toBe(text);
  });

  it('gives an empty table as none', async () => {
    expect(await readText(csvReader, ',,\n')).toMatchObject({ method: 'none', text: '' });
  });

  it('refuses binary data', async () => {
    await expect(readText(csvReader, new Uint8Array(100))).rejects.toMatchObject({ code: 'document.corrupt' });
  });
});
