import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { DocketError } from '../errors.js';
import { normaliseText } from '../pages/normalise-text.js';
import { tokenise } from '../pages/tokens.js';
import type { CompiledCue, CompiledKnowledge, CompiledType, CueKind } from './compiled-knowledge.js';
import { type DocumentType, documentTypeSchema, type LanguageFile, languageFileSchema } from './document-type.js';
import { foldPhrase, PhraseMatcher } from './phrase-matcher.js';
import { foldedStopWords } from './stop-words.js';

/** A folder of knowledge as people write it. */
export interface KnowledgeSources {
  readonly types: readonly DocumentType[];
  /** By ISO 639-1 code. */
  readonly languages: ReadonlyMap<string, LanguageFile>;
  /** Sample texts by type id. */
  readonly samples: ReadonlyMap<string, string>;
}

/**
 * Reads a folder of knowledge: `*.yaml`, and `languages/` and `samples/` where they are.
 * @throws DocketError `model.invalid_knowledge` naming the file and the place
 */
export async function readKnowledgeFolder(folder: string): Promise<KnowledgeSources> {
  const files = await listFiles(folder, '.yaml');
  if (files.length === 0) throw invalid(folder, 'there is no such folder, or no .yaml file in it');
  const types = await Promise.all(files.map((file) => parseFile(file, documentTypeSchema)));
  types.forEach((type, index) => {
    const file = files[index] ?? '';
    if (type.id !== basename(file, '.yaml'))
      throw invalid(file, `its id is ${type.id}, which differs from the file name`);
  });
  const languages = new Map<string, LanguageFile>();
  for (const file of await listFiles(join(folder, 'languages'), '.yaml')) {
    languages.set(basename(file, '.yaml'), await parseFile(file, languageFileSchema));
  }
  const samples = new Map<string, string>();
  for (const file of await listFiles(join(folder, 'samples'), '.txt')) {
    samples.set(basename(file, '.txt'), await readFile(file, 'utf8'));
  }
  return { types, languages, samples };
}

/** Compiles knowledge into what the evidence scorer reads. Pure: equal sources give equal bytes. */
export function compileKnowledge({ types, languages, samples }: KnowledgeSources): CompiledKnowledge {
  const cueLists = types.map((type) => listCues(type, languages));
  const users = findUsers(cueLists, types, samples);
  const compiled: CompiledType[] = types.map((type, index) => ({
    id: type.id,
    name: type.name,
    aliases: type.aliases,
    foreignNames: [
      ...new Set(
        [...languages.values()].flatMap((language) =>
          Object.hasOwn(language, type.id) ? (language[type.id]?.aliases ?? []) : [],
        ),
      ),
    ],
    broader: type.broader,
    description: type.description,
    cues: (cueLists[index] ?? []).map((cue): CompiledCue => {
      const using = users.get(cue.key);
      return { ...cue, rivals: using ? using.size - (using.has(index) ? 1 : 0) : 0 };
    }),
    layout: type.layout,
  }));
  const content = {
    languages: ['en', ...languages.keys()],
    types: compiled,
    ...countWords(samples),
    stopWords: foldedStopWords(),
  };
  const identity = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
  return { identity, ...content };
}

type Cue = Pick<CompiledCue, 'phrase' | 'key' | 'kind' | 'languages'>;

/** Every phrase of a type once, its strongest kind counting: strong cues, then names, negative and weak ones. */
function listCues(type: DocumentType, languages: ReadonlyMap<string, LanguageFile>): readonly Cue[] {
  const cues = new Map<string, Cue>();
  const add = (kind: CueKind, language: string, phrases: readonly string[]) => {
    for (const phrase of phrases) {
      const key = foldPhrase(phrase);
      const known = cues.get(key);
      if (!known) cues.set(key, { phrase, key, kind, languages: [language] });
      else if (!known.languages.includes(language))
        cues.set(key, { ...known, languages: [...known.languages, language] });
    }
  };
  const translations = [...languages].flatMap(([code, language]) => {
    const translated = Object.hasOwn(language, type.id) ? language[type.id] : undefined;
    return translated ? [{ code, ...translated }] : [];
  });
  add('strong', 'en', type.strong);
  for (const { code, strong } of translations) add('strong', code, strong);
  const names = [{ code: 'en', aliases: [type.name, ...type.aliases] }, ...translations];
  for (const { code, aliases } of names)
    add(
      'heading',
      code,
      aliases.map((name) => `^${name}$`),
    );
  for (const { code, aliases } of names) add('name', code, aliases);
  add('negative', 'en', type.negative);
  add('weak', 'en', type.weak);
  for (const { code, weak } of translations) add('weak', code, weak);
  cues.delete('');
  return [...cues.values()];
}

/** By folded phrase: indexes of the types that list it as speaking for them, or in whose sample it stands. */
function findUsers(
  cueLists: readonly (readonly Cue[])[],
  types: readonly DocumentType[],
  samples: ReadonlyMap<string, string>,
): ReadonlyMap<string, ReadonlySet<number>> {
  const users = new Map<string, Set<number>>();
  cueLists.forEach((cues, type) => {
    for (const { key, kind } of cues) {
      const known = users.get(key) ?? new Set();
      users.set(key, kind === 'negative' ? known : known.add(type));
    }
  });
  const keys = [...users.keys()];
  const matcher = new PhraseMatcher(keys);
  types.forEach(({ id }, type) => {
    const text = samples.get(id);
    if (text === undefined) return;
    matcher.match(tokenise(normaliseText([{ text }]).text), (phrase) => users.get(keys[phrase] ?? '')?.add(type));
  });
  return users;
}

function countWords(samples: ReadonlyMap<string, string>) {
  const frequencies = new Map<string, number>();
  for (const text of samples.values()) {
    for (const word of new Set(tokenise(text).words)) frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
  }
  const sorted = [...frequencies].filter(([, count]) => count > 1).sort(([one], [other]) => (one < other ? -1 : 1));
  return { wordFrequencies: Object.fromEntries(sorted), sampleCount: samples.size };
}

async function listFiles(folder: string, extension: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    const wanted = names.filter((name) => extname(name) === extension).sort();
    return wanted.map((name) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw invalid(folder, `it cannot be read (${(error as Error).message})`);
  }
}

async function parseFile<Schema extends z.ZodType>(file: string, schema: Schema): Promise<z.infer<Schema>> {
  let content: unknown;
  try {
    content = parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw invalid(file, (error as Error).message.split('\n')[0] ?? '');
  }
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw invalid(file, `${issue?.path.join('.') || 'the file'}: ${issue?.message}`);
}

function invalid(file: string, problem: string): DocketError {
  return new DocketError('model.invalid_knowledge', `the knowledge ${file} is invalid: ${problem}`, { data: { file } });
}
