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

type Entry = readonly [key: string, value: unknown];

/** Walks without recursion, for JSON may be nested deeper than the stack, and holds one place in each level, for it may be wide. */
function describeValues(values: readonly unknown[], budget: CharacterBudget): string {
  const lines: string[] = [];
  const levels: Iterator<Entry>[] = [itemsOf('', values)];
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const next = level.next();
    if (next.done) {
      levels.pop();
      continue;
    }
    const [key, value] = next.value;
    if (Array.isArray(value)) levels.push(itemsOf(key, value));
    else if (typeof value === 'object' && value !== null) levels.push(Object.entries(value).values());
    else if (typeof value === 'string' || typeof value === 'number') {
      const line = describe(key, value);
      budget.spend(line.length + 1);
      if (line !== '') lines.push(line);
    }
  }
  return lines.join('\n');
}

/** The items of a list are called what the list is called. */
function* itemsOf(key: string, items: readonly unknown[]): Generator<Entry, void> {
  for (const item of items) yield [key, item];
}

function describe(key: string, value: string | number): string {
  const text = String(value).trim();
  if (text === '') return '';
  return key === '' ? text : `${key}: ${text}`;
}
