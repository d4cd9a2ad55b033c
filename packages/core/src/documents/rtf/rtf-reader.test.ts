import { describe, expect, it } from 'vitest';
import { readText, TEST_LIMITS } from '../testing/read-text.js';
import { rtfReader } from './rtf-reader.js';

async function read(body: string): Promise<string> {
  return (await readText(rtfReader, `{\\rtf1\\ansi\\ansicpg1252\\deff0 ${body}}`)).text;
}

describe('rtfReader', () => {
  it.each([
    ['a paragraph', 'One\\par Two\\line three\\tab four', 'One\nTwo\nthree\tfour'],
    ['source lines', 'on\r\ne \\b bold\\b0  word', 'one bold word'],
    ['escapes', 'a \\{b\\} c\\\\d\\~e\\_f\\-g', 'a {b} c\\d\u00a0e-fg'],
    ['signs', '\\ldblquote x\\rdblquote \\emdash \\endash \\bullet \\rquote', '“x”—–•’'],
    ['the code page', "Gr\\'fc\\'dfe \\'80", 'Grüße €'],
    ['Unicode', '\\u8364?5 \\uc2\\u228 xx\\uc0\\u246 !\\u-10179 \\u-8704 ', '€5 äö!😀'],
    ['Unicode with byte substitutes', "\\u8364\\'80\\uc1\\u8364\\'80x", '€€x'],
    ['rows', '\\trowd a\\cell b\\cell\\cell\\row c\\cell d\\cell\\row', 'a | b\nc | d'],
    ['bullets', "{\\listtext\\f3\\'b7\\tab}one\\par{\\pntext 2.\\tab}two", '- one\n2. two'],
    ['fields', '{\\field{\\*\\fldinst HYPERLINK "http://x"}{\\fldrslt the link}}', 'the link'],
    ['headers', '{\\header Letterhead\\par}Dear Sir{\\footer Page}', 'Letterhead\nDear Sir\nPage'],
    ['hidden text', 'a{\\v no}b\\v no\\v0 c', 'abc'],
    ['text boxes', '{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv y}}{\\shptxt boxed}}{\\shprslt no}}', 'boxed'],
  ])('reads %s', async (_what, source, text) => {
    expect(await read(source)).toBe(text);
  });

  it.each([
    '{\\fonttbl{\\f0\\fnil Times;}}',
    '{\\colortbl;\\red0;}',
    '{\\stylesheet{\\s1 Heading;}}',
    '{\\*\\generator Word;}',
    '{\\pict\\pngblip 89504e47}',
    '{\\pict\\bin5 {}\\{x}',
    '{\\object{\\*\\objdata 00ff}}',
    '{\\*\\themedata 504b}',
    '{\\*\\unknown text{\\b more}}',
  ])('leaves out %s', async (source) => {
    expect(await read(`a${source}b`)).toBe('ab');
  });

  it('takes the title from the information group', async () => {
    const { text, title } = await readText(rtfReader, '{\\rtf1{\\info{\\title Lease}{\\author A}}Text}');
    expect({ text, title }).toEqual({ text: 'Text', title: 'Lease' });
  });

  it('reads fonts of other scripts, and letters of two bytes', async () => {
    const fonts = '{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}{\\f2\\fcharset128 C;}{\\f3\\fcharset2 D;}}';
    expect(await read(`${fonts}\\f1\\'c4\\'ee\\'e3{\\f2\\'90\\'bf\\'8b\\'81}\\f3\\'b7`)).toBe('Дог請求•');
    expect((await readText(rtfReader, "{\\rtf1\\ansi\\ansicpg932 \\'83A}")).text).toBe('ア');
  });

  it.each(['a}}}b', '{{{a', '\\', "\\'zz a", '{\\*', '{\\pict\\bin99999999 x', '{'.repeat(100_000)])(
    'survives broken source %#',
    async (source) => {
      await expect(read(source)).resolves.toEqual(expect.any(String));
    },
  );

  it('reads long runs in linear time', async () => {
    expect(await read(`${' '.repeat(1_000_000)}x${'\\cell'.repeat(200_000)}`)).toBe('x');
  });

  it('refuses what is not RTF', async () => {
    await expect(readText(rtfReader, 'plain text')).rejects.toMatchObject({ code: 'document.corrupt' });
  });

  it('gives RTF without text as such, and names the limit that is broken', async () => {
    expect(await readText(rtfReader, '{\\rtf1{\\pict 00}}')).toMatchObject({ method: 'none' });
    const limits = { ...TEST_LIMITS, maxCharacters: 5 };
    await expect(readText(rtfReader, '{\\rtf1 too long}', { limits })).rejects.toMatchObject({
      code: 'document.too_large',
    });
  });
});
