import { doctypesFolder } from '@docket/models';
import type { KnowledgeSources } from './compile-knowledge.js';
import { type CompiledKnowledge, NO_KNOWLEDGE } from './compiled-knowledge.js';
import { readCompiled, readPackedKnowledge } from './read-compiled.js';

/** Where knowledge comes from. */
export interface KnowledgeLocation {
  /** What the build made of the built-in types. */
  readonly compiledFile: string;
  /** The same, as `packKnowledge` writes it: loaded in a tenth of the time. */
  readonly packedFile?: string;
  /** A folder of types to add; its types replace built-in ones of the same id. `none`: no types at all. */
  readonly folder?: string;
}

/**
 * Loads what is known of document types.
 * @throws DocketError `model.not_installed` (not built), `model.invalid_knowledge`
 */
export async function loadKnowledge(location: KnowledgeLocation): Promise<CompiledKnowledge> {
  const { compiledFile, packedFile, folder } = location;
  if (folder !== undefined && folder !== 'none') {
    const { compileKnowledge, readKnowledgeFolder } = await import('./compile-knowledge.js');
    const [builtIn, own] = await Promise.all([readKnowledgeFolder(doctypesFolder), readKnowledgeFolder(folder)]);
    return compileKnowledge(mergeKnowledge(builtIn, own));
  }
  const compiled = packedFile ? await readPackedKnowledge(packedFile, compiledFile) : readCompiled(compiledFile);
  // How common words are is a fact about language, not about document types.
  const { wordFrequencies, sampleCount, stopWords } = compiled;
  return folder === 'none' ? { ...NO_KNOWLEDGE, wordFrequencies, sampleCount, stopWords } : compiled;
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
