import { describe, expect, it } from 'vitest';
import { readText, TEST_LIMITS } from '../testing/read-text.js';
import { relationshipsXml, zipFiles } from '../testing/zip-files.js';
import { xlsxReader } from './xlsx-reader.js';

const STYLES =
  '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy;@"/>' +
  '<numFmt numFmtId="165" formatCode="#,##0.00 &quot;day&quot;;[Red]0"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
  '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/><xf numFmtId="46"/></cellXfs></styleSheet>';

const STRINGS =
  '<sst><si><t>Invoice</t></si><si><r><t>Due </t></r><r><t>date</t></r><rPh><t>no</t></rPh></si><si><t xml:space="preserve"> two\nlines </t></si></sst>';

function xlsx(rows: string, { sheets = '', workbook = '', files = {} } = {}): Uint8Array {
  const names = sheets || '<sheet name="Data" sheetId="7" r:id="r1"/>';
  return zipFiles({
    'xl/workbook.xml': `<workbook>${workbook}<sheets>${names}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationshipsXml({
      r1: ['worksheet', 'worksheets/sheet1.xml'],
      r2: ['worksheet', '/xl/worksheets/sheet2.xml'],
      r3: ['sharedStrings', 'sharedStrings.xml'],
      r4: ['styles', 'styles.xml'],
    }),
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    'xl/worksheets/sheet2.xml': '<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>',
    'xl/sharedStrings.xml': STRINGS,
    'xl/styles.xml': STYLES,
    ...files,
  });
}

async function read(rows: string, workbook = ''): Promise<string> {
  return (await readText(xlsxReader, xlsx(rows, { workbook }))).text;
}

describe('xlsxReader', () => {
  it.each([
    [
      'shared strings',
      '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>99</v></c>',
      'Invoice\tDue date\ttwo lines',
    ],
    [
      'inline strings',
      '<c t="inlineStr"><is><t>in</t></is></c><c t="str"><f>A1</f><v>calculated</v></c>',
      'in\tcalculated',
    ],
    [
      'numbers as written',
      '<c><v>1234.50</v></c><c s="3"><v>7</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c>',
      '1234.50\t7\tTRUE\t#N/A',
    ],
    [
      'dates',
      '<c s="1"><v>44197</v></c><c s="2"><v>59</v></c><c s="4"><v>44197.75</v></c><c s="5"><v>0.5</v></c>',
      '2021-01-01\t1900-02-28\t2021-01-01 18:00:00\t12:00:00',
    ],
    ['impossible dates as numbers', '<c s="1"><v>-5</v></c><c s="1"><v>99999999</v></c>', '-5\t99999999'],
  ])('reads %s', async (_what, cells, line) => {
    expect(await read(`<row>${cells}</row>`)).toBe(`Data\n${line}`);
  });

  it('counts from 1904 where the workbook does', async () => {
    expect(await read('<row><c s="1"><v>0</v></c><c s="1"><v>42735</v></c></row>', '<workbookPr date1904="1"/>')).toBe(
      'Data\n00:00:00\t2021-01-01',
    );
  });

  it('gives sheets in the order of the workbook, without hidden ones', async () => {
    const sheet = (name: string, id: string, state = ''): string =>
      `<sheet name="${name}" sheetId="1" ${state} r:id="${id}"/>`;
    const rows = '<row><c><v>1</v></c></row>';
    const hidden = 'state="veryHidden"';
    const two = xlsx(rows, { sheets: sheet('H', 'r1', hidden) + sheet('B', 'r2') + sheet('A', 'r1') });
    expect(await readText(xlsxReader, two)).toMatchObject({ text: 'B\n2', pageCount: 2 });
    expect(await readText(xlsxReader, two, { pageNumber: 2 })).toMatchObject({ text: 'A\n1' });
    const allHidden = xlsx(rows, { sheets: sheet('H', 'r1', hidden) });
    expect(await readText(xlsxReader, allHidden)).toMatchObject({ text: 'H\n1', pageCount: 1 });
  });

  it('parses only the sheet that is asked for', async () => {
    const sheets = '<sheet name="A" r:id="r1"/><sheet name="B" r:id="r2"/>';
    const broken = xlsx('<x>'.repeat(10_000), { sheets });
    expect((await readText(xlsxReader, broken, { pageNumber: 2 })).text).toBe('B\n2');
    await expect(readText(xlsxReader, broken)).rejects.toMatchObject({ code: 'document.corrupt' });
  });

  it('gives an empty or missing sheet as such', async () => {
    expect(await readText(xlsxReader, xlsx('<row><c/></row>'))).toMatchObject({ method: 'none', text: '' });
    const missing = xlsx('', { sheets: '<sheet name="A" r:id="gone"/>' });
    expect(await readText(xlsxReader, missing)).toMatchObject({ method: 'none' });
  });

  it('stops at the limit of characters, however often a string is shared', async () => {
    const limits = { ...TEST_LIMITS, maxCharacters: 50 };
    const rows = '<row><c t="s"><v>0</v></c></row>'.repeat(100);
    await expect(readText(xlsxReader, xlsx(rows), { limits })).rejects.toMatchObject({ code: 'document.too_large' });
  });
});
