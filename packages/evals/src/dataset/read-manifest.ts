import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';

/** A record of a manifest with the line in which it begins, or why it is none. */
export type ManifestLine =
  | { readonly number: number; readonly format: 'jsonl' | 'csv'; readonly record: unknown }
  | { readonly number: number; readonly format: 'jsonl' | 'csv'; readonly problem: string };

/** The lines of a JSONL manifest, as they come; empty ones are skipped. */
export async function* readJsonlManifest(file: string): AsyncGenerator<ManifestLine> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  for await (const line of lines) {
    number++;
    const text = (number === 1 ? line.replace(/^\ufeff/, '') : line).trim();
    if (text === '') continue;
    yield { number, format: 'jsonl', ...parseJson(text) };
  }
}

function parseJson(text: string): { readonly record: unknown } | { readonly problem: string } {
  try {
    return { record: JSON.parse(text) };
  } catch (error) {
    return { problem: `it is not JSON (${(error as Error).message}); each line must be one object` };
  }
}

/** The records of a CSV manifest (RFC 4180) by the names in its first line. Cells may hold line breaks. */
export async function* readCsvManifest(file: string): AsyncGenerator<ManifestLine> {
  const parser = createReadStream(file).pipe(
    parse({ bom: true, columns: true, info: true, skip_empty_lines: true, relax_column_count: true }),
  );
  let next = 2;
  for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
    // The parser counts the lines that it has gone through: those of this record end there.
    const breaks = Object.values(record).reduce((count, cell) => count + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
    const number = Math.max(next, info.lines - breaks);
    next = info.lines + 1;
    const problem = info.error ? `it cannot be read as CSV (${info.error.message})` : undefined;
    yield problem ? { number, format: 'csv', problem } : { number, format: 'csv', record };
  }
}

interface CsvRecord {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number; readonly error?: Error };
}
