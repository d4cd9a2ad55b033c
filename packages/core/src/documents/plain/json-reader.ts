import { CharacterBudget } from '../character-budget.js';
import type { DocumentReader } from '../document-reader.js';
import { READER_IDENTITIES } from '../reader-identities.js';
import { singlePageDocument } from '../single-page-document.js';
import { decodePlainText } from './plain-text.js';

/** Reads JSON and JSON Lines: a `key: value` line for each string and number, in order. Invalid JSON is plain text. */
export const jsonReader: DocumentReader = {
  format: 'json',
  identity: READER_IDENTITIES.json,
  async open(bytes, options) {
    const source = decodePlainText(bytes, options);
    const values = parseJson(source);
    options.signal?.throwIfAborted();
    const text = values === undefined ? source : describeValues(values, new CharacterBudget(options.limits));
    return singlePageDocument({ format: 'json', text });
  },
};

/** @returns the values of the file (one, or one per line), or undefined if it is no JSON */
function parseJson(source: string): unknown[] | undefined {
  try {
    return [JSON.parse(source)];
  } catch {
    try {
      const lines = source.split('\n').filter((line) => line.trim() !== '');
      return lines.length > 0 ? lines.map((line): unknown => JSON.parse(line)) : undefined;
    } catch {
      return undefined;
    }
  }
}

/** Walks without recursion: JSON may be nested deeper than the stack. */
function describeValues(values: readonly unknown[], budget: CharacterBudget): string {
  const lines: string[] = [];
  const pending = values.map((value): [key: string, value: unknown] => ['', value]).reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [key, value] = next;
    if (Array.isArray(value)) {
      // The items of a list are called what the list is called.
      for (let index = value.length - 1; index >= 0; index--) pending.push([key, value[index]]);
    } else if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value).reverse();
      for (const entry of entries) pending.push(entry);
    } else if (typeof value === 'string' || typeof value === 'number') {
      const line = describe(key, value);
      budget.spend(line.length + 1);
      if (line !== '') lines.push(line);
    }
  }
  return lines.join('\n');
}

function describe(key: string, value: string | number): string {
  const text = String(value).trim();
  if (text === '') return '';
  return key === '' ? text : `${key}: ${text}`;
}
