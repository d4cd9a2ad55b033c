import { deflateSync } from 'node:zlib';
import { isLong } from '../../support/project.js';
import { zlibTimes } from './deflated-times.js';
import { type HostileDocument, INVOICE_WORDS } from './hostile-document.js';
import { type PdfBody, packed, pdfBytes, pdfOf, shows } from './pdf-bytes.js';

const GIB = 2 ** 30;
const TEXT = { stream: shows(INVOICE_WORDS) };
const good = (parts: Parameters<typeof pdfOf>[0] = {}) => pdfOf({ content: TEXT, ...parts });
const asText = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const asBytes = (text: string) => Buffer.from(text, 'latin1');

/** Dictionaries of a chain or a tree of forms, each of which draws others. */
function forms(depth: number, draws: (index: number) => string, last: string): PdfBody[] {
  return Array.from({ length: depth }, (_, index) => {
    const next = `/Resources << /Font << /F1 5 0 R >> /XObject << /X ${Math.min(index + 7, depth + 5)} 0 R >> >>`;
    const dictionary = `/Type /XObject /Subtype /Form /BBox [0 0 612 792] ${next}`;
    return { dictionary, stream: index === depth - 1 ? last : draws(index) };
  });
}

const WITH_FORM = '/Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >>';

/** A font whose codes are told by a character map. */
const mappedFont = (map: PdfBody): Parameters<typeof pdfOf>[0] => ({
  content: { stream: `BT /F1 12 Tf 72 720 Td <000100020003> Tj ET` },
  font: '<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 8 0 R >>',
  more: [
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 7 0 R >>',
    '<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>',
    map,
  ],
});

const cmap = (body: string) =>
  `/CIDInit /ProcSet findresource begin begincmap /CMapName /X def 1 begincodespacerange <0000> <FFFF> endcodespacerange ${body} endcmap end`;

/** Damage that other programs repair: the text must be read. */
const REPAIRABLE: Readonly<Record<string, () => Uint8Array>> = {
  'no-trailer': () => pdfBytes(good(), { ending: () => '' }),
  'no-startxref': () => asBytes(asText(pdfBytes(good())).replace(/startxref[\s\S]*$/, '')),
  'offsets-wrong': () => asBytes(asText(pdfBytes(good())).replace(/^\d{10}(?= 00000 n)/gm, '0000000007')),
  'startxref-beyond-end': () => asBytes(asText(pdfBytes(good())).replace(/startxref\n\d+/, 'startxref\n999999999')),
  'xref-prev-loop': () => {
    const bytes = asText(pdfBytes(good(), { trailer: '/Prev 0000000000' }));
    const start = bytes.lastIndexOf('xref\n0 ');
    return asBytes(bytes.replace('/Prev 0000000000', `/Prev ${String(start).padStart(10, '0')}`));
  },
  'xref-claims-a-billion': () => asBytes(asText(pdfBytes(good())).replace(/xref\n0 \d+/, 'xref\n0 1000000000')),
  'size-lies': () => asBytes(asText(pdfBytes(good())).replace(/\/Size \d+/, '/Size 2147483647')),
  'stream-length-short': () =>
    pdfBytes(good({ content: { dictionary: '/Length 3', stream: TEXT.stream } }), { ending: () => '' }),
  'stream-length-long': () => pdfBytes(good({ content: { dictionary: '/Length 999999999', stream: TEXT.stream } })),
  'stream-length-loop': () => pdfBytes(good({ content: { dictionary: '/Length 4 0 R', stream: TEXT.stream } })),
  'count-of-a-billion': () => pdfBytes(good({ pages: '<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>' })),
  'count-no-number': () => pdfBytes(good({ pages: '<< /Type /Pages /Kids [3 0 R] /Count (many) >>' })),
  'count-absent': () => pdfBytes(good({ pages: '<< /Type /Pages /Kids [3 0 R] >>' })),
  'kids-with-parent': () => pdfBytes(good({ pages: '<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>' })),
  'outlines-loop': () =>
    pdfBytes(
      good({
        catalogue: '/Outlines 6 0 R /PageMode /UseOutlines',
        more: ['<< /First 7 0 R /Last 7 0 R >>', '<< /Title (a) /Parent 6 0 R /Next 7 0 R /Prev 7 0 R /First 7 0 R >>'],
      }),
    ),
  'junk-before-header': () => Buffer.concat([Buffer.alloc(900, 'x\n'), pdfBytes(good())]),
  'much-junk-before-header': () => Buffer.concat([Buffer.alloc(3000, ' '), pdfBytes(good())]),
  'no-header': () => pdfBytes(good()).subarray(15),
  'junk-behind-end': () => Buffer.concat([pdfBytes(good()), Buffer.alloc(100_000, 'junk ')]),
  'javascript-on-open': () =>
    pdfBytes(good({ catalogue: '/OpenAction << /S /JavaScript /JS (while\\(true\\){app.alert\\(1\\)}) >>' })),
  'launches-a-program': () => pdfBytes(good({ catalogue: '/OpenAction << /S /Launch /F (/bin/true) >>' })),
  'embedded-file': () =>
    pdfBytes(
      good({
        catalogue: '/Names << /EmbeddedFiles << /Names [(../../evil.txt) 6 0 R] >> >>',
        more: ['<< /Type /Filespec /F (../../evil.txt) /EF << /F 7 0 R >> >>', { stream: 'evil' }],
      }),
    ),
  'form-draws-itself': () =>
    pdfBytes(good({ content: { stream: `${TEXT.stream} /X Do` }, page: WITH_FORM, more: forms(1, () => '', '/X Do') })),
  'unknown-filter': () =>
    pdfBytes([
      ...good({ content: TEXT }).map((body, index) =>
        index === 2 ? String(body).replace('/Contents 4 0 R', '/Contents [6 0 R 4 0 R]') : body,
      ),
      { dictionary: '/Filter /Nonsense', stream: 'xxxx' },
    ]),
};

const LIMITED = ['document.too_large', 'document.timed_out'] as const;

/** What grows, spins or nests without end. */
const HARMFUL: readonly HostileDocument[] = [
  {
    name: 'pdf-content-bomb.pdf',
    make: () =>
      pdfBytes(pdfOf({ content: { dictionary: '/Filter /FlateDecode', stream: zlibTimes('q Q ', 2 * GIB) } })),
    ends: LIMITED,
  },
  {
    name: 'pdf-content-bomb-packed-twice.pdf',
    make: () => {
      const stream = deflateSync(zlibTimes('q Q ', 2 * GIB), { level: 9 });
      return pdfBytes(pdfOf({ content: { dictionary: '/Filter [/FlateDecode /FlateDecode]', stream } }));
    },
    ends: LIMITED,
  },
  {
    name: 'pdf-text-bomb.pdf',
    make: () =>
      pdfBytes(
        pdfOf({
          content: {
            dictionary: '/Filter /FlateDecode',
            stream: zlibTimes(`BT /F1 12 Tf (${'invoice '.repeat(100)}) Tj ET `, GIB / 16),
          },
        }),
      ),
    ends: LIMITED,
    isHeavy: true,
  },
  {
    name: 'pdf-font-bomb.pdf',
    make: () =>
      pdfBytes(
        good({
          font: '<< /Type /Font /Subtype /TrueType /BaseFont /A /FontDescriptor 6 0 R >>',
          more: [
            '<< /Type /FontDescriptor /FontName /A /Flags 32 /FontBBox [0 0 1 1] /FontFile2 7 0 R >>',
            { dictionary: '/Filter /FlateDecode', stream: zlibTimes('\0\x01\0\0', GIB) },
          ],
        }),
      ),
    ends: ['result', ...LIMITED],
  },
  {
    name: 'pdf-character-map-of-everything.pdf',
    make: () =>
      pdfBytes(pdfOf(mappedFont(packed(cmap(`1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange `.repeat(200)))))),
    ends: ['result', 'document.no_text', 'document.corrupt', ...LIMITED],
  },
  {
    name: 'pdf-character-to-a-million.pdf',
    make: () => {
      const long = '0041'.repeat(isLong ? 100_000 : 10_000);
      return pdfBytes(
        pdfOf({
          ...mappedFont(packed(cmap(`3 beginbfchar <0001> <${long}> <0002> <${long}> <0003> <${long}> endbfchar`))),
          content: { stream: `BT /F1 12 Tf 72 720 Td <${'000100020003'.repeat(isLong ? 10_000 : 1_000)}> Tj ET` },
        }),
      );
    },
    ends: ['result', ...LIMITED],
  },
  {
    name: 'pdf-object-stream-bomb.pdf',
    make: () => {
      const stream = zlibTimes('1 0 ', GIB);
      const dictionary = `/Type /ObjStm /N 200000000 /First 800000000 /Filter /FlateDecode`;
      return pdfBytes(good({ pages: '6 0 R', more: [{ dictionary, stream }] }), { ending: () => '' });
    },
    ends: ['result', 'document.corrupt', 'document.no_text', ...LIMITED],
  },
  {
    name: 'pdf-forms-without-end.pdf',
    make: () =>
      pdfBytes(
        pdfOf({
          content: { stream: '/X Do' },
          page: WITH_FORM,
          more: forms(12, () => '/X Do '.repeat(10), `${shows('A')} ${'0 0 m 9 9 l n '.repeat(20_000)}`),
        }),
      ),
    ends: ['document.timed_out'],
    spins: true,
  },
  {
    name: 'pdf-forms-nested-deep.pdf',
    make: () =>
      pdfBytes(
        good({
          content: { stream: `${TEXT.stream} /X Do` },
          page: WITH_FORM,
          more: forms(isLong ? 20_000 : 3_000, () => '/X Do', ''),
        }),
      ),
    ends: ['result', 'document.corrupt', ...LIMITED],
  },
  {
    name: 'pdf-array-nested-deep.pdf',
    make: () => pdfBytes(good({ page: `/Deep ${'['.repeat(isLong ? 2_000_000 : 200_000)}` })),
    ends: ['result', 'document.corrupt'],
  },
  {
    name: 'pdf-content-nested-deep.pdf',
    make: () => pdfBytes(good({ content: { stream: `${TEXT.stream} ${'['.repeat(isLong ? 2_000_000 : 200_000)}` } })),
    ends: ['result', 'document.corrupt'],
  },
  {
    name: 'pdf-page-tree-deep.pdf',
    make: () => {
      const depth = isLong ? 20_000 : 5_000;
      const nodes = Array.from({ length: depth }, (_, index) => {
        const kid = index === depth - 1 ? 3 : index + 7;
        return `<< /Type /Pages /Parent ${index === 0 ? 2 : index + 5} 0 R /Kids [${kid} 0 R] /Count 1 >>`;
      });
      return pdfBytes(good({ pages: '<< /Type /Pages /Kids [6 0 R] /Count 1 >>', more: nodes }));
    },
    ends: ['result', 'document.corrupt'],
  },
  {
    name: 'pdf-page-tree-is-a-loop.pdf',
    make: () => pdfBytes(good({ pages: '<< /Type /Pages /Kids [2 0 R] /Count 1 >>' })),
    ends: ['document.corrupt'],
  },
  {
    name: 'pdf-object-refers-to-itself.pdf',
    make: () => pdfBytes(good({ pages: '2 0 R' })),
    ends: ['result', 'document.corrupt'],
  },
  {
    name: 'pdf-count-negative.pdf',
    make: () => pdfBytes(good({ pages: '<< /Type /Pages /Kids [3 0 R] /Count -7 >>' })),
    ends: ['result', 'document.corrupt'],
  },
  {
    name: 'pdf-no-pages.pdf',
    make: () => pdfBytes(good({ pages: '<< /Type /Pages /Kids [] /Count 0 >>' })),
    ends: ['result', 'document.corrupt', 'document.no_text'],
  },
  ...[0.2, 0.5, 0.8, 0.95].map((share): HostileDocument => {
    const make = () => {
      const whole = pdfBytes(good({ more: [{ stream: 'x'.repeat(2000) }] }));
      return whole.subarray(0, Math.floor(whole.length * share));
    };
    return { name: `pdf-truncated-${share}.pdf`, make, ends: ['result', 'document.corrupt', 'document.no_text'] };
  }),
  {
    name: 'pdf-header-alone.pdf',
    make: () => asBytes('%PDF-1.7\n%%EOF\n'),
    ends: ['document.corrupt'],
  },
];

/** PDFs with damage, loops, lies, bombs and depth. */
export const hostilePdfs: readonly HostileDocument[] = [
  ...Object.entries(REPAIRABLE).map(
    ([name, make]): HostileDocument => ({ name: `pdf-${name}.pdf`, make, ends: ['result'], type: 'invoice' }),
  ),
  ...HARMFUL,
];
