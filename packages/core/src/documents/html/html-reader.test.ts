import { describe, expect, it } from 'vitest';
import { readText, TEST_LIMITS } from '../testing/read-text.js';
import { htmlReader, htmlToText } from './html-reader.js';

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

describe('htmlReader', () => {
  it('starts with the title if the text does not hold it', async () => {
    const page = await readText(htmlReader, '<title>Invoice 12</title><p>Total 5');
    expect(page).toMatchObject({ text: 'Invoice 12\n\nTotal 5', title: 'Invoice 12', method: 'text', pageCount: 1 });
    expect((await readText(htmlReader, '<title>Invoice 12</title><h1>Invoice  12</h1>')).text).toBe('Invoice 12');
  });

  it('takes the title from og:title, then from the first heading', async () => {
    const og = '<meta property="og:title" content="Lease &amp; Co"><h1>Other</h1>';
    expect((await readText(htmlReader, og)).title).toBe('Lease & Co');
    expect((await readText(htmlReader, '<svg><title>icon</title></svg><h1>A <b>lease</b></h1>')).title).toBe('A lease');
  });

  it.each([
    ['<meta charset="windows-1251">', [0xc4, 0xee, 0xe3, 0xee, 0xe2, 0xee, 0xf0], 'Договор'],
    ['<meta charset=windows-1252>', [0x93, 0x80, 0x94, 0xe4], '“€”ä'],
    ['<meta http-equiv="Content-Type" content="text/html; charset=shift_jis">', [0x90, 0xbf, 0x8b, 0x81], '請求'],
  ])('reads the encoding from %s', async (meta, bytes, text) => {
    const source = new Uint8Array([...latin1(`<html><head>${meta}</head><p>`), ...bytes]);
    expect((await readText(htmlReader, source)).text).toBe(text);
  });

  it('gives a page without text as such, even if it has a title', async () => {
    expect(await readText(htmlReader, '<title>Empty</title><script>x()</script>')).toMatchObject({ method: 'none' });
    expect(await readText(htmlReader, '')).toMatchObject({ method: 'none', text: '' });
  });

  it('names the limit that a page breaks', async () => {
    const limits = { ...TEST_LIMITS, maxCharacters: 10 };
    await expect(readText(htmlReader, '<p>more than ten characters', { limits })).rejects.toMatchObject({
      code: 'document.too_large',
      message: expect.stringContaining('limits.maxCharacters'),
    });
  });

  it('stops when it was told to', async () => {
    await expect(readText(htmlReader, '<p>x', { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });
});

describe('htmlToText', () => {
  it('survives endless nesting', () => {
    expect(htmlToText(`${'<div>'.repeat(100_000)}deep`).text).toBe('deep');
    expect(htmlToText(`${'<div>'.repeat(100_000)}deep${'</div>'.repeat(100_000)}after`).text).toBe('deep\nafter');
    expect(htmlToText(`${'<font>'.repeat(100_000)}deep`).text).toBe('deep');
    expect(htmlToText(`${'<table><tr><td>'.repeat(30_000)}deep`).text).toBe('deep');
  });

  it('reads a filing of 10 MB in a few seconds', () => {
    const row = '<tr><td style="padding:0pt"><font>Revenue</font></td><td>$</td><td>1,234</td></tr>\n';
    const { text } = htmlToText(`<html><body><table>${row.repeat(120_000)}</table></body></html>`);
    expect(text.slice(0, 38)).toBe('Revenue | $ | 1,234\nRevenue | $ | 1,23');
    expect(text.length).toBe(120_000 * 20 - 1);
  }, 15_000);

  it('keeps menus when the whole page is wanted', () => {
    const page = `<nav>${'<a href="/x">Menu entry</a> '.repeat(20)}</nav><main><p>${'A sentence of text. '.repeat(30)}`;
    expect(htmlToText(page).text).not.toContain('Menu entry');
    expect(htmlToText(page, { wholePage: true }).text).toContain('Menu entry');
  });
});
