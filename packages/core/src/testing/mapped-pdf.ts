import { rawPdf } from './raw-pdf.js';

/** How a {@link mappedPdf} shows its page. */
export interface MappedPage {
  /** What each byte of the text stands for. */
  readonly letters?: Readonly<Record<string, string>>;
  /** Entries of the page, such as `/Rotate 90` or `/CropBox [...]`. */
  readonly page?: string;
}

/** A PDF of one page with a content stream whose font, `/F1`, maps bytes to any letters. All glyphs are half as wide as high. */
export function mappedPdf(content: string, { letters = {}, page = '' }: MappedPage = {}): Uint8Array {
  const hex = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex');
  const mappings = Object.entries(letters).map(([byte, letter]) => `<${hexByte(byte)}> <${hex(letter)}>`);
  const map = [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def',
    '1 begincodespacerange <00> <ff> endcodespacerange',
    ...(mappings.length > 0 ? [`${mappings.length} beginbfchar`, ...mappings, 'endbfchar'] : []),
    'endcmap end end',
  ];
  const widths = Array.from({ length: 95 }, () => 500).join(' ');
  return rawPdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [4 0 R] /Count 1 >>',
    `<< /Type /Font /Subtype /TrueType /BaseFont /Arial /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 126 /Widths [${widths}] ${mappings.length > 0 ? '/ToUnicode 6 0 R' : ''} >>`,
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] ${page} /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>`,
    { stream: content },
    { stream: map.join('\n') },
  ]);
}

function hexByte(byte: string): string {
  return byte.charCodeAt(0).toString(16).padStart(2, '0');
}
