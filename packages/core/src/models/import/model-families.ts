/** What a family of sentence encoders wants; from the model cards of its authors. */
export interface ModelFamily {
  readonly family: string;
  readonly pooling: 'mean' | 'cls';
  readonly prefixes: { readonly rule: string; readonly passage: string };
  /** Window in tokens, where it is not 512. */
  readonly maxTokens?: number;
}

const NO_PREFIXES = { rule: '', passage: '' };
const SEARCH_PREFIXES = { rule: 'Represent this sentence for searching relevant passages: ', passage: '' };
const QUERY_PASSAGE = { rule: 'query: ', passage: 'passage: ' };

/** In this order: the first that fits a name is it. */
const FAMILIES: readonly (ModelFamily & { readonly names: RegExp })[] = [
  {
    names: /\bmultilingual-e5-(?:small|base|large)(?!.*instruct)/,
    family: 'multilingual-e5',
    pooling: 'mean',
    prefixes: QUERY_PASSAGE,
  },
  // Other families started from the unsupervised e5 and name it in their config.json.
  {
    names: /\be5-(?:small|base|large)(?!.*(?:instruct|unsupervised))/,
    family: 'e5',
    pooling: 'mean',
    prefixes: QUERY_PASSAGE,
  },
  { names: /\bbge-m3\b/, family: 'bge-m3', pooling: 'cls', prefixes: NO_PREFIXES, maxTokens: 8192 },
  { names: /\bbge-(?:small|base|large)-en\b/, family: 'bge', pooling: 'cls', prefixes: SEARCH_PREFIXES },
  {
    names: /\bgte-(?:.*v1\.5|modernbert|multilingual)/,
    family: 'gte-long',
    pooling: 'cls',
    prefixes: NO_PREFIXES,
    maxTokens: 8192,
  },
  { names: /\bgte-(?:tiny|small|base|large)\b/, family: 'gte', pooling: 'mean', prefixes: NO_PREFIXES },
  {
    names: /\bsnowflake-arctic-embed-(?:m|l)-v2/,
    family: 'snowflake-arctic-embed-v2',
    pooling: 'cls',
    prefixes: { rule: 'query: ', passage: '' },
    maxTokens: 8192,
  },
  { names: /\bsnowflake-arctic-embed\b/, family: 'snowflake-arctic-embed', pooling: 'cls', prefixes: SEARCH_PREFIXES },
  { names: /\ball-minilm-l12\b/, family: 'all-MiniLM', pooling: 'mean', prefixes: NO_PREFIXES, maxTokens: 128 },
  { names: /\ball-minilm\b/, family: 'all-MiniLM', pooling: 'mean', prefixes: NO_PREFIXES, maxTokens: 256 },
  { names: /\ball-mpnet\b/, family: 'all-mpnet', pooling: 'mean', prefixes: NO_PREFIXES, maxTokens: 384 },
  {
    names: /\bnomic-embed-text\b/,
    family: 'nomic',
    pooling: 'mean',
    prefixes: { rule: 'search_query: ', passage: 'search_document: ' },
    maxTokens: 8192,
  },
  { names: /\bjina-embeddings-v2\b/, family: 'jina', pooling: 'mean', prefixes: NO_PREFIXES, maxTokens: 8192 },
  { names: /\b(?:potion|m2v|model2vec)\b/, family: 'model2vec', pooling: 'mean', prefixes: NO_PREFIXES },
];

/**
 * Recognises a family by the names that a model goes by, the surest first.
 * @param names of repository, folder, and the origin that config.json tells
 */
export function recogniseFamily(names: readonly string[]): ModelFamily | undefined {
  for (const name of names) {
    const known = FAMILIES.find((family) => family.names.test(name.toLowerCase().replaceAll('_', '-')));
    if (known) {
      const { names: _, ...family } = known;
      return family;
    }
  }
  return undefined;
}

/** The family of static embeddings written as a graph: no layers between tokens and pooling. */
export const MODEL2VEC_FAMILY: ModelFamily = { family: 'model2vec', pooling: 'mean', prefixes: NO_PREFIXES };
