import { compileKnowledge, type KnowledgeSources } from '../knowledge/compile-knowledge.js';
import type { CompiledKnowledge } from '../knowledge/compiled-knowledge.js';
import { documentTypeSchema, type LanguageFile, languageFileSchema } from '../knowledge/document-type.js';

/** A document type as a knowledge file would hold it; what is left out is made up. */
export type TypeInput = { readonly id: string; readonly strong?: readonly string[] } & Readonly<
  Record<string, unknown>
>;

/** What knowledge a test wants. */
export interface KnowledgeInput {
  readonly types: readonly TypeInput[];
  readonly languages?: Readonly<Record<string, Readonly<Record<string, Partial<LanguageFile[string]>>>>>;
  readonly samples?: Readonly<Record<string, string>>;
}

export function makeSources({ types, languages = {}, samples = {} }: KnowledgeInput): KnowledgeSources {
  return {
    types: types.map(({ id, ...rest }) => {
      const name = id.replaceAll('_', ' ');
      return documentTypeSchema.parse({
        id,
        name,
        description: `A document of the type ${name}`,
        strong: [`${name} xyzzy`],
        ...rest,
      });
    }),
    languages: new Map(Object.entries(languages).map(([code, file]) => [code, languageFileSchema.parse(file)])),
    samples: new Map(Object.entries(samples)),
  };
}

/** Compiles knowledge of a few invented types. */
export function makeKnowledge(input: KnowledgeInput): CompiledKnowledge {
  return compileKnowledge(makeSources(input));
}
