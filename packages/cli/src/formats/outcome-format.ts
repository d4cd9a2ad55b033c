import { extname } from 'node:path';
import type { Outcome } from '../classification/outcome.js';
import type { Colours } from '../terminal/colours.js';
import { csvFormat } from './csv-format.js';
import { jsonFormat } from './json-format.js';
import { jsonlFormat } from './jsonl-format.js';
import { tableFormat } from './table-format.js';

/** Names of the output formats. */
export const FORMAT_NAMES = ['table', 'json', 'jsonl', 'csv'] as const;

/** One of {@link FORMAT_NAMES}. */
export type FormatName = (typeof FORMAT_NAMES)[number];

/** Turns outcomes into text, piece by piece; a piece may be empty. */
export interface OutcomeFormat {
  begin(): string;
  add(outcome: Outcome): string;
  /** @param summary One line that counts the outcomes, for people */
  end(summary: string): string;
}

/** What formats look at. */
export interface FormatOptions {
  /** How long each document took. */
  readonly timings: boolean;
  /** The evidence, for people; in JSON the outcome itself has it or not. */
  readonly explain: boolean;
  readonly colours: Colours;
  /** Whether confidence is drawn too. */
  readonly bars: boolean;
  /** Columns. */
  readonly width: number;
}

const FORMATS = { table: tableFormat, json: jsonFormat, jsonl: jsonlFormat, csv: csvFormat };

const EXTENSIONS: Readonly<Record<string, FormatName>> = {
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.csv': 'csv',
};

/** Makes the format of a name. */
export function createFormat(name: FormatName, options: FormatOptions): OutcomeFormat {
  return FORMATS[name](options);
}

/** The format that a file's extension asks for. */
export function formatOfFile(path: string): FormatName | undefined {
  return EXTENSIONS[extname(path).toLowerCase()];
}
