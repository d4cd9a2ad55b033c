import { deflateRawSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { deflatedTimes } from './deflated-times.js';
import { type HostileDocument, INVOICE_WORDS } from './hostile-document.js';

const GIB = 2 ** 30;
const TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>';
const paragraph = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
const body = (content: string) => `<w:document xmlns:w="w"><w:body>${content}</w:body></w:document>`;

/** Zips parts of text. */
export function office(parts: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries = Object.entries(parts).map(([name, content]) => [name, Buffer.from(content)] as const);
  return zipSync(Object.fromEntries(entries), { level: 6 });
}

/** A Word document of its main part and others. */
export function docx(content: string, parts: Readonly<Record<string, string | Uint8Array>> = {}): Uint8Array {
  return office({ '[Content_Types].xml': TYPES, 'word/document.xml': content, ...parts });
}

/** An entry of a {@link rawZip}: what its headers say need not be so. */
interface RawEntry {
  readonly name: string;
  readonly deflated: Uint8Array;
  readonly statedBytes: number;
  /** Entries that say that they stand where the first one stands. */
  readonly copies?: number;
}

/** Writes a zip by hand (PKWARE APPNOTE 6.3.10): sizes may lie, entries may share their bytes. */
function rawZip(entries: readonly RawEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, deflated, statedBytes, copies = 1 } of entries) {
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(8, 8);
    header.writeUInt32LE(deflated.length, 18);
    header.writeUInt32LE(statedBytes, 22);
    header.writeUInt16LE(name.length, 26);
    for (let copy = 0; copy < copies; copy++) {
      const central = Buffer.alloc(46);
      const copyName = copy === 0 ? name : `${name}.${copy}`;
      central.writeUInt32LE(0x02014b50, 0);
      central.writeUInt16LE(20, 6);
      central.writeUInt16LE(8, 10);
      central.writeUInt32LE(deflated.length, 20);
      central.writeUInt32LE(statedBytes, 24);
      central.writeUInt16LE(copyName.length, 28);
      central.writeUInt32LE(offset, 42);
      centrals.push(central, Buffer.from(copyName));
    }
    locals.push(header, Buffer.from(name), Buffer.from(deflated));
    offset += header.length + name.length + deflated.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  const count = Math.min(0xffff, centrals.length / 2);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

const typesEntry: RawEntry = {
  name: '[Content_Types].xml',
  deflated: deflateRawSync(TYPES),
  statedBytes: 0,
};

const nested = (depth: number) => body(`${'<w:x>'.repeat(depth)}${paragraph(INVOICE_WORDS)}`);

const LAUGHS = `<!DOCTYPE w:document [<!ENTITY a0 "invoice ">${Array.from(
  { length: 12 },
  (_, index) => `<!ENTITY a${index + 1} "${`&a${index};`.repeat(10)}">`,
).join('')}]>`;

const zip = (content: Readonly<Record<string, string | Uint8Array>>) => office(content);

function zipInZip(depth: number): Uint8Array {
  let inner = zip({ 'bomb.txt': 'x' });
  for (let level = 0; level < depth; level++) inner = zip({ 'a.zip': inner, 'b.zip': inner });
  return inner;
}

/** A workbook whose sheets and strings are what is asked for. */
const xlsx = (sheets: string, rows: string, strings: string) =>
  office({
    '[Content_Types].xml': TYPES,
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${sheets}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="r1" Type="t/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="t/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `<sst>${strings}</sst>`,
  });

const LIMITED = ['document.too_large', 'document.timed_out'] as const;

/** Zipped office documents, and zips that only claim to be such. */
export const hostileOffice: readonly HostileDocument[] = [
  {
    name: 'zip-in-zip.zip',
    make: () => zipInZip(10),
    ends: ['document.unsupported_type'],
  },
  {
    name: 'zip-in-zip.docx',
    make: () => zipInZip(10),
    ends: ['document.corrupt', 'document.unsupported_type'],
  },
  {
    name: 'docx-bomb.docx',
    make: () =>
      rawZip([
        typesEntry,
        { name: 'word/document.xml', deflated: deflatedTimes(paragraph('invoice'), 2 * GIB), statedBytes: 10 },
      ]),
    ends: ['document.too_large'],
  },
  {
    name: 'docx-relations-bomb.docx',
    make: () => rawZip([typesEntry, { name: '_rels/.rels', deflated: deflatedTimes(' ', 2 * GIB), statedBytes: 10 }]),
    ends: ['document.too_large'],
  },
  {
    name: 'pptx-bomb.pptx',
    make: () =>
      rawZip([
        typesEntry,
        { name: 'ppt/presentation.xml', deflated: deflatedTimes('<p:x/>', 2 * GIB), statedBytes: 0 },
      ]),
    ends: ['document.too_large'],
  },
  {
    name: 'docx-tags-alone.docx',
    make: () =>
      rawZip([
        typesEntry,
        { name: 'word/document.xml', deflated: deflatedTimes('<w:r/>', 70 * 2 ** 20), statedBytes: 0xffffffff },
      ]),
    ends: ['document.no_text', 'document.corrupt', ...LIMITED],
    isHeavy: true,
  },
  {
    name: 'docx-entries-overlap.docx',
    make: () =>
      rawZip([
        typesEntry,
        {
          name: 'word/document.xml',
          deflated: deflatedTimes(paragraph('invoice'), 2 ** 20),
          statedBytes: 1,
          copies: 60_000,
        },
      ]),
    ends: ['result', 'document.corrupt', ...LIMITED],
    isHeavy: true,
  },
  {
    name: 'docx-many-entries.docx',
    make: () =>
      rawZip([
        typesEntry,
        { name: 'word/document.xml', deflated: deflateRawSync(body(paragraph(INVOICE_WORDS))), statedBytes: 9 },
        ...Array.from({ length: 60_000 }, (_, index) => ({
          name: `${index}`,
          deflated: Buffer.of(3, 0),
          statedBytes: 0,
        })),
      ]),
    ends: ['result'],
  },
  {
    name: 'docx-names-lead-out.docx',
    make: () =>
      docx(body(paragraph(INVOICE_WORDS)), {
        '../../evil.txt': 'evil',
        '/tmp/evil.txt': 'evil',
        'C:\\evil.txt': 'evil',
      }),
    ends: ['result'],
  },
  { name: 'docx-nested-deep.docx', make: () => docx(nested(200_000)), ends: ['document.corrupt'] },
  { name: 'docx-nested-as-in-life.docx', make: () => docx(nested(500)), ends: ['result'] },
  {
    name: 'docx-tables-nested-deep.docx',
    make: () => docx(body(`${'<w:tbl><w:tr><w:tc>'.repeat(600)}${paragraph(INVOICE_WORDS)}`)),
    ends: ['result', 'document.no_text'],
  },
  {
    name: 'docx-billion-laughs.docx',
    make: () => docx(`${LAUGHS}${body(paragraph(`${INVOICE_WORDS} &a12;`))}`),
    ends: ['result'],
  },
  {
    name: 'docx-external-entity.docx',
    make: () =>
      docx(
        `<!DOCTYPE w:document [<!ENTITY secret SYSTEM "file:///etc/passwd">]>${body(paragraph(`${INVOICE_WORDS} &secret;`))}`,
      ),
    ends: ['result'],
  },
  {
    name: 'docx-chunk-again-and-again.docx',
    make: () =>
      docx(
        `<w:document xmlns:w="w" xmlns:r="r"><w:body>${'<w:altChunk r:id="c1"/>'.repeat(200_000)}</w:body></w:document>`,
        {
          'word/_rels/document.xml.rels':
            '<Relationships><Relationship Id="c1" Type="t/aFChunk" Target="chunk.html"/></Relationships>',
          'word/chunk.html': '<b></b>'.repeat(1_000_000),
        },
      ),
    ends: ['result', 'document.no_text', ...LIMITED],
    isHeavy: true,
  },
  {
    name: 'xlsx-one-string-everywhere.xlsx',
    make: () =>
      xlsx(
        '<sheet name="A" r:id="r1"/>',
        `<row>${'<c t="s"><v>0</v></c>'.repeat(200_000)}</row>`,
        `<si><t>${'invoice '.repeat(100_000)}</t></si>`,
      ),
    ends: ['document.too_large'],
    isHeavy: true,
  },
  {
    name: 'xlsx-many-sheets.xlsx',
    make: () =>
      xlsx(
        '<sheet name="A" r:id="r1"/>'.repeat(200_000),
        `<row><c t="s"><v>0</v></c></row>`,
        `<si><t>${INVOICE_WORDS}</t></si>`,
      ),
    ends: ['result', 'document.too_large'],
  },
  {
    name: 'xlsx-far-away.xlsx',
    make: () =>
      xlsx(
        '<sheet name="A" r:id="r1"/>',
        `<dimension ref="A1:XFD1048576"/><row r="1048576"><c r="XFD1048576" t="s"><v>0</v></c><c t="s"><v>-1e99</v></c></row>`,
        `<si><t>${INVOICE_WORDS}</t></si>`,
      ),
    ends: ['result'],
  },
  {
    name: 'pptx-many-slides.pptx',
    make: () =>
      office({
        '[Content_Types].xml': TYPES,
        'ppt/presentation.xml': `<p:presentation>${'<p:sldId r:id="r1"/>'.repeat(200_000)}</p:presentation>`,
        'ppt/_rels/presentation.xml.rels':
          '<Relationships><Relationship Id="r1" Type="t/slide" Target="slides/slide1.xml"/></Relationships>',
        'ppt/slides/slide1.xml': `<p:sld><a:p><a:r><a:t>${INVOICE_WORDS}</a:t></a:r></a:p></p:sld>`,
      }),
    ends: ['result', 'document.too_large'],
  },
  {
    name: 'docx-without-main-part.docx',
    make: () => office({ '[Content_Types].xml': TYPES, 'readme.txt': 'x' }),
    ends: ['document.corrupt'],
  },
  {
    name: 'docx-truncated.docx',
    make: () => docx(body(paragraph(INVOICE_WORDS))).subarray(0, -60),
    ends: ['document.corrupt'],
  },
];
