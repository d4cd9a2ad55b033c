import type { DocumentReader } from '../document-reader.js';
import { READER_IDENTITIES } from '../reader-identities.js';
import { singlePageDocument } from '../single-page-document.js';
import { decodePlainText } from './plain-text.js';

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** Rows that are tried to find out the delimiter. */
const SAMPLE_CHARACTERS = 20_000;
const SAMPLE_ROWS = 30;

/** Reads tables of delimited text (RFC 4180 and its local variants): a line for each row, a tab between cells. */
export const csvReader: DocumentReader = {
  format: 'csv',
  identity: READER_IDENTITIES.csv,
  async open(bytes, options) {
    const source = decodePlainText(bytes, options);
    // Excel's own way to name the delimiter.
    const declared = /^sep=(.)\n/i.exec(source);
    const table = declared ? source.slice(declared[0].length) : source;
    const delimiter = declared?.[1] ?? detectDelimiter(table);
    const lines: string[] = [];
    for (const row of parseRows(table, delimiter)) {
      const line = row.map((cell) => cell.replace(/\s+/g, ' ').trim()).join('\t');
      if (line.trim() !== '') lines.push(line.trimEnd());
    }
    return singlePageDocument({ format: 'csv', text: lines.join('\n') });
  },
};

/** The delimiter that gives the most rows of the same width. */
function detectDelimiter(source: string): string {
  const sample = source.slice(0, SAMPLE_CHARACTERS);
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const widths = new Map<number, number>();
    let rows = 0;
    for (const row of parseRows(sample, delimiter)) {
      if (++rows > SAMPLE_ROWS) break;
      if (row.length > 1) widths.set(row.length, (widths.get(row.length) ?? 0) + 1);
    }
    const score = Math.max(0, ...widths.values());
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** A quote only opens a cell at its beginning, so a stray inch sign harms nothing. */
function* parseRows(source: string, delimiter: string): Generator<string[]> {
  let row: string[] = [];
  let index = 0;
  while (index < source.length) {
    const { cell, end } =
      source[index] === '"' ? quotedCell(source, index, delimiter) : plainCell(source, index, delimiter);
    row.push(cell);
    index = end + 1;
    if (source[end] === delimiter) continue;
    yield row;
    row = [];
  }
  if (row.length > 0) yield row;
}

interface Cell {
  readonly cell: string;
  /** Where the delimiter or line end behind it stands. */
  readonly end: number;
}

function plainCell(source: string, start: number, delimiter: string): Cell {
  let end = start;
  while (end < source.length && source[end] !== delimiter && source[end] !== '\n') end++;
  return { cell: source.slice(start, end), end };
}

function quotedCell(source: string, start: number, delimiter: string): Cell {
  const pieces: string[] = [];
  let index = start + 1;
  for (;;) {
    const quote = source.indexOf('"', index);
    if (quote < 0) return { cell: pieces.join('') + source.slice(index), end: source.length };
    pieces.push(source.slice(index, quote));
    if (source[quote + 1] !== '"') {
      const { cell, end } = plainCell(source, quote + 1, delimiter);
      return { cell: pieces.join('') + cell, end };
    }
    pieces.push('"');
    index = quote + 2;
  }
}
