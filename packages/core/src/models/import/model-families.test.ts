import { expect, it } from 'vitest';
import { recogniseFamily } from './model-families.js';

it.each([
  ['intfloat/multilingual-e5-small', 'multilingual-e5', 'mean', 'query: ', 'passage: '],
  ['intfloat/e5-small-v2', 'e5', 'mean', 'query: ', 'passage: '],
  ['BAAI/bge-small-en-v1.5', 'bge', 'cls', 'Represent this sentence for searching relevant passages: ', ''],
  ['/root/.cache/BAAI_bge-small-en/', 'bge', 'cls', 'Represent this sentence for searching relevant passages: ', ''],
  ['BAAI/bge-m3', 'bge-m3', 'cls', '', ''],
  ['Supabase/gte-small', 'gte', 'mean', '', ''],
  ['Alibaba-NLP/gte-base-en-v1.5', 'gte-long', 'cls', '', ''],
  [
    'Snowflake/snowflake-arctic-embed-xs',
    'snowflake-arctic-embed',
    'cls',
    'Represent this sentence for searching relevant passages: ',
    '',
  ],
  ['Snowflake/snowflake-arctic-embed-m-v2.0', 'snowflake-arctic-embed-v2', 'cls', 'query: ', ''],
  ['Xenova/all-MiniLM-L6-v2', 'all-MiniLM', 'mean', '', ''],
  ['sentence-transformers/all-mpnet-base-v2', 'all-mpnet', 'mean', '', ''],
  ['nomic-ai/nomic-embed-text-v1.5', 'nomic', 'mean', 'search_query: ', 'search_document: '],
  ['jinaai/jina-embeddings-v2-small-en', 'jina', 'mean', '', ''],
  ['minishlab/potion-base-2M', 'model2vec', 'mean', '', ''],
])('%s is of the family %s', (name, family, pooling, rule, passage) => {
  expect(recogniseFamily([name])).toMatchObject({ family, pooling, prefixes: { rule, passage } });
});

it.each(['my-encoder', 'intfloat/e5-base-unsupervised', 'intfloat/multilingual-e5-large-instruct', 'bge-base-zh', ''])(
  '%j is of none',
  (name) => {
    expect(recogniseFamily([name])).toBeUndefined();
  },
);

it('believes the first name that says anything', () => {
  expect(recogniseFamily(['my-model', 'snowflake-arctic-embed-m', 'e5-base'])?.family).toBe('snowflake-arctic-embed');
});
