import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { DEFAULT_LIMITS, DEFAULT_MAX_PAGES } from '../documents/limits.js';
import {
  DEFAULT_OCR_ENGINE,
  DEFAULT_OCR_MAX_PAGES,
  DEFAULT_OCR_MODE,
  OCR_ENGINE_NAMES,
  OCR_MODES,
} from '../documents/ocr/ocr-settings.js';
import { DEFAULT_PDF_READER, PDF_READER_NAMES } from '../documents/pdf/pdf-reader-names.js';
import { SCORER_NAMES } from '../scoring/scorer-names.js';
import { DEFAULT_MAX_MEMORY_MB, DEFAULT_MODEL_MS, DEFAULT_START_MS } from '../workers/worker-limits.js';

/** The environment has texts alone. */
const flag = z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean());

const MILLISECONDS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `off`, or a number of seconds, minutes, hours or days: `90d`. */
const timeToLive = z.string().regex(/^(?:off|[1-9]\d{0,5}[smhd])$/, 'write it like 12h or 90d, or off');

/** A number, or its digits in a text: flags and the environment have these. What is empty in a file is no 0. */
function integer(least: number, most = Number.MAX_SAFE_INTEGER) {
  const ofDigits = (value: unknown) => (typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value);
  return z.preprocess(ofDigits, z.number().int().min(least).max(most));
}

const count = integer(1);

/** One setting: how it is checked, what holds without it, what it is for. */
export interface Setting<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  readonly fallback: () => z.infer<Schema>;
  readonly description: string;
}

function setting<Schema extends z.ZodType>(
  schema: Schema,
  fallback: () => z.infer<Schema>,
  description: string,
): Setting<Schema> {
  return { schema, fallback, description };
}

/**
 * Every setting of Docket, by its key in the configuration file; a dot is a level of nesting. The table in
 * `docs/configuration.md` is generated from this.
 */
export const SETTINGS = {
  home: setting(z.string().min(1), () => join(homedir(), '.docket'), 'Folder of all data that Docket keeps.'),
  database: setting(
    z.string(),
    () => '',
    'Address of a PostgreSQL database that servers and workers share, such as `postgres://user@host/docket`; what it leaves out comes from the variables and the password file of libpq. Empty: SQLite in `home`.',
  ),
  databaseFile: setting(
    z.string(),
    () => '',
    'File that holds the address of the database, so that its password stands in no environment; empty: none.',
  ),
  filesFolder: setting(
    z.string(),
    () => '',
    'Folder that all servers and workers share for the bytes of files; empty: they lie in the database.',
  ),
  scorer: setting(
    z.enum(SCORER_NAMES),
    () => 'auto' as const,
    'What scores documents: `auto`, `evidence`, `static`, `embedding` or `zero-shot`.',
  ),
  model: setting(
    z.string(),
    () => '',
    'The installed model that takes part, by name; empty: the built-in one, or the only one that fits `embedding` or `zero-shot`.',
  ),
  knowledge: setting(
    z.string(),
    () => '',
    'A folder of document types to add to the built-in ones, or `none` to do without any; empty: the built-in ones.',
  ),
  concurrency: setting(
    integer(0),
    () => 0,
    'Documents that are worked on at once, each in a process of its own; 0: one per processor.',
  ),
  'pages.defaultMax': setting(
    integer(0),
    () => DEFAULT_MAX_PAGES,
    'Pages that are read when a request says nothing about pages; 0: all.',
  ),
  'pdf.reader': setting(
    z.enum(PDF_READER_NAMES),
    () => DEFAULT_PDF_READER,
    'What reads PDF: `pdfium` or `pdfjs`; a file that it cannot open is read with the other.',
  ),
  ocr: setting(
    z.enum(OCR_MODES),
    () => DEFAULT_OCR_MODE,
    'Whether pages are read by OCR: `auto`, where the selected pages hold too little text to decide; `off`; `always`.',
  ),
  ocrMaxPages: setting(
    integer(0),
    () => DEFAULT_OCR_MAX_PAGES,
    'Most pages of one document that are read by OCR; 0: all that are selected.',
  ),
  ocrEngine: setting(
    z.enum(OCR_ENGINE_NAMES),
    () => DEFAULT_OCR_ENGINE,
    'What reads pictures: `tesseract.js`, or `tesseract`, the command of this machine.',
  ),
  'limits.maxBytes': setting(count, () => DEFAULT_LIMITS.maxBytes, 'Largest document, in bytes.'),
  'limits.maxPages': setting(count, () => DEFAULT_LIMITS.maxPages, 'Most pages that are read of one document.'),
  'limits.maxCharacters': setting(
    count,
    () => DEFAULT_LIMITS.maxCharacters,
    'Longest text of one document, in characters.',
  ),
  'limits.openMs': setting(
    count,
    () => DEFAULT_LIMITS.openMs,
    'Time in which a document must be open, its pages counted, in milliseconds.',
  ),
  'limits.pageMs': setting(
    count,
    () => DEFAULT_LIMITS.pageMs,
    'Time that each selected page adds to that, for reading and scoring, in milliseconds.',
  ),
  'limits.ocrPageMs': setting(
    count,
    () => DEFAULT_LIMITS.ocrPageMs,
    'Time that each page adds which may be read by OCR, in milliseconds.',
  ),
  'limits.modelMs': setting(
    integer(0),
    () => DEFAULT_MODEL_MS,
    'Time that a named model, or the scorer `embedding` or `zero-shot`, adds for a document, in milliseconds.',
  ),
  'limits.maxMs': setting(
    count,
    () => DEFAULT_LIMITS.maxMs,
    'Longest time that one document may take, however many pages are selected, in milliseconds.',
  ),
  'limits.startMs': setting(
    count,
    () => DEFAULT_START_MS,
    'Time in which an engine process must have the engine loaded and new rules ready, in milliseconds; no document pays for it.',
  ),
  'jobs.maxPending': setting(count, () => 100_000, 'Jobs that may wait in the server; a create beyond them gets 429.'),
  'disk.minFreeMb': setting(
    integer(0),
    () => 512,
    'Free disk space under which the server accepts neither files nor jobs, in MiB.',
  ),
  'retention.jobs': setting(timeToLive, () => 'off', 'How long ended jobs are kept, such as `12h` or `90d`.'),
  'retention.files': setting(timeToLive, () => 'off', 'How long uploaded files are kept.'),
  'retention.results': setting(
    timeToLive,
    () => 'off',
    'How long is kept what was read of documents (page texts, parse jobs) and the evidence behind the answers of jobs.',
  ),
  'retention.webhooks': setting(
    timeToLive,
    () => '30d',
    'How long ended webhook deliveries and their attempts are kept, unless their job goes before.',
  ),
  'privacy.purgeQuotesOnDelete': setting(
    flag,
    () => false,
    'Whether deleting a document also takes its quotes out of the reasoning of finished jobs.',
  ),
  'server.host': setting(z.string().min(1), () => '127.0.0.1', 'Address that `docket serve` binds.'),
  'server.port': setting(integer(0, 65_535), () => 8484, 'Port that `docket serve` binds; 0: any that is free.'),
  'server.publicUrl': setting(
    z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
    () => '',
    'Address by which clients reach the server, when it is another than the bound one; download URLs begin with it.',
  ),
  'server.tuning': setting(
    z.string(),
    () => '',
    'Folder of tuned rule files; jobs with the rules of one are decided by it. Empty: none.',
  ),
  'server.runs': setting(
    z.string(),
    () => '',
    'Folder of runs of `docket bench`, or one run, that the console shows. Empty: none.',
  ),
  'server.apiKeyFile': setting(
    z.string(),
    () => '',
    'File of API keys, one a line; empty: no key is needed, and only this machine may ask.',
  ),
  'server.allowAnonymous': setting(
    flag,
    () => false,
    'Whether the server may bind an address other than loopback without API keys.',
  ),
  'server.allowOrigin': setting(
    z.string(),
    () => '',
    'Origins of web pages that may call the server, separated by commas, such as `https://intranet.example`.',
  ),
  'webhook.allow': setting(
    z.string(),
    () => '',
    'Hosts that webhooks may be delivered to, separated by commas: names, `*.name`, addresses, networks, `*` for all that are public. Empty: nothing is delivered.',
  ),
  'workers.maxMemoryMb': setting(
    integer(128),
    () => DEFAULT_MAX_MEMORY_MB,
    'Resident memory at which an engine process is ended and replaced, in MiB.',
  ),
  'workers.modelThreads': setting(
    integer(0),
    () => 0,
    'Threads with which an engine process runs a model of `embedding` or `zero-shot`; 0: the processors shared out evenly.',
  ),
} as const;

/** Key of a setting. */
export type SettingKey = keyof typeof SETTINGS;

/** Values of all settings, by key. */
export type SettingValues = { readonly [Key in SettingKey]: z.infer<(typeof SETTINGS)[Key]['schema']> };

/** A time to live in milliseconds, or undefined for `off`. */
export function timeToLiveMs(text: string): number | undefined {
  if (text === 'off') return undefined;
  const unit = text.at(-1) as keyof typeof MILLISECONDS;
  return Number(text.slice(0, -1)) * MILLISECONDS[unit];
}

/** The environment variable of a setting: `limits.maxBytes` is `DOCKET_LIMITS_MAX_BYTES`. */
export function environmentName(key: string): string {
  const words = key.replace(/([a-z])([A-Z])/g, '$1_$2').replace(/\./g, '_');
  return `DOCKET_${words.toUpperCase()}`;
}
