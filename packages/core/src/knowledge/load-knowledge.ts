import { readFile } from 'node:fs/promises';
import { doctypesFolder } from '@docket/models';
import { DocketError } from '../errors.js';
import type { KnowledgeSources } from './compile-knowledge.js';
import { type CompiledKnowledge, NO_KNOWLEDGE } from './compiled-knowledge.js';

/** Where knowledge comes from. */
export interface KnowledgeLocation {
  /** What the build made of the built-in types. */
  readonly compiledFile: string;
  /** A folder of types to add; its types replace built-in ones of the same id. `none`: no types at all. */
  readonly folder?: string;
}

/**
 * Loads what is known of document types.
 * @throws DocketError `model.not_installed` (not built), `model.invalid_knowledge`
 */
export async function loadKnowledge({ compiledFile, folder }: KnowledgeLocation): Promise<CompiledKnowledge> {
  if (folder !== undefined && folder !== 'none') {
    const { compileKnowledge, readKnowledgeFolder } = await import('./compile-knowledge.js');
    const [builtIn, own] = await Promise.all([readKnowledgeFolder(doctypesFolder), readKnowledgeFolder(folder)]);
    return compileKnowledge(mergeKnowledge(builtIn, own));
  }
  const compiled = await readCompiled(compiledFile);
  // How common words are is a fact about language, not about document types.
  const { wordFrequencies, sampleCount, stopWords } = compiled;
  return folder === 'none' ? { ...NO_KNOWLEDGE, wordFrequencies, sampleCount, stopWords } : compiled;
}

async function readCompiled(file: string): Promise<CompiledKnowledge> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const message = `the compiled knowledge ${file} is not there or damaged; run the build`;
    throw new DocketError('model.not_installed', message, { data: { file }, cause: error });
  }
}

function mergeKnowledge(builtIn: KnowledgeSources, own: KnowledgeSources): KnowledgeSources {
  const ownIds = new Set(own.types.map((type) => type.id));
  const languages = new Map(builtIn.languages);
  for (const [code, file] of own.languages) languages.set(code, { ...languages.get(code), ...file });
  return {
    types: [...builtIn.types.filter((type) => !ownIds.has(type.id)), ...own.types],
    languages,
    samples: new Map([...builtIn.samples, ...own.samples]),
  };
}
