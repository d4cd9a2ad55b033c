import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { DEFAULT_LIMITS, DEFAULT_MAX_PAGES } from '../documents/limits.js';
import { SCORER_NAMES } from '../engine.js';

const count = z.coerce.number().int().min(1);

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
  scorer: setting(
    z.enum(SCORER_NAMES),
    () => 'auto' as const,
    'What scores documents: `auto`, `evidence` or `static`.',
  ),
  knowledge: setting(
    z.string(),
    () => '',
    'A folder of document types to add to the built-in ones, or `none` to do without any; empty: the built-in ones.',
  ),
  concurrency: setting(
    z.coerce.number().int().min(0),
    () => 0,
    'Documents that are worked on at once, each in a process of its own; 0: one per processor.',
  ),
  'pages.defaultMax': setting(
    z.coerce.number().int().min(0),
    () => DEFAULT_MAX_PAGES,
    'Pages that are read when a request says nothing about pages; 0: all.',
  ),
  'limits.maxBytes': setting(count, () => DEFAULT_LIMITS.maxBytes, 'Largest document, in bytes.'),
  'limits.maxPages': setting(count, () => DEFAULT_LIMITS.maxPages, 'Most pages that are read of one document.'),
  'limits.maxCharacters': setting(
    count,
    () => DEFAULT_LIMITS.maxCharacters,
    'Longest text of one document, in characters.',
  ),
  'limits.timeoutMs': setting(
    count,
    () => DEFAULT_LIMITS.timeoutMs,
    'Longest time that one document may take, in milliseconds.',
  ),
  'workers.maxMemoryMb': setting(
    z.coerce.number().int().min(128),
    () => 2048,
    'Resident memory at which an engine process is ended and replaced, in MiB.',
  ),
} as const;

/** Key of a setting. */
export type SettingKey = keyof typeof SETTINGS;

/** Values of all settings, by key. */
export type SettingValues = { readonly [Key in SettingKey]: z.infer<(typeof SETTINGS)[Key]['schema']> };

/** The environment variable of a setting: `limits.maxBytes` is `DOCKET_LIMITS_MAX_BYTES`. */
export function environmentName(key: string): string {
  const words = key.replace(/([a-z])([A-Z])/g, '$1_$2').replace(/\./g, '_');
  return `DOCKET_${words.toUpperCase()}`;
}
