import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import type { SourceFolder } from './source-folder.js';

const MAX_FRONT_MATTER = 100_000;
const FRONT_MATTER = /^\uFEFF?---\r?\n(.*?)\r?\n---\s*(?:\r?\n|$)/s;
const cardSchema = z.object({
  license: z.string().optional().catch(undefined),
  license_name: z.string().optional().catch(undefined),
  language: z
    .union([z.string(), z.array(z.unknown())])
    .optional()
    .catch(undefined),
});

/** What a model card says. */
export interface ModelCard {
  readonly licence?: string;
  /** ISO 639-1. */
  readonly languages?: readonly string[];
}

/** Reads the front matter of a model's README, as the hub writes it; a card that cannot be read says nothing. */
export async function readCard(source: SourceFolder): Promise<ModelCard> {
  if (!source.has('README.md')) return {};
  const text = (await readFile(source.locate('README.md'), 'utf8')).slice(0, MAX_FRONT_MATTER);
  const card = parseFrontMatter(FRONT_MATTER.exec(text)?.[1] ?? '');
  const licence = card?.license === 'other' ? (card.license_name ?? card.license) : card?.license;
  const listed = Array.isArray(card?.language) ? card.language : [card?.language];
  const languages = listed.filter((code): code is string => typeof code === 'string' && /^[a-z]{2}$/.test(code));
  return {
    ...(licence === undefined ? {} : { licence }),
    ...(languages.length === 0 ? {} : { languages: [...new Set(languages)].sort() }),
  };
}

function parseFrontMatter(text: string): z.infer<typeof cardSchema> | undefined {
  try {
    // The failsafe schema: "no" is Norwegian and not false.
    return cardSchema.safeParse(parse(text, { schema: 'failsafe', logLevel: 'silent', maxAliasCount: 0 })).data;
  } catch {
    return undefined;
  }
}
