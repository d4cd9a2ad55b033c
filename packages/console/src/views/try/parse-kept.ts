import type { ParsingOptions, Rule } from '../../rules/rule.js';
import type { FileRest } from '../../rules/rule-list.js';

/** What of a session is kept in the tab. */
export interface KeptSession {
  readonly rules: readonly Rule[];
  readonly parsing: ParsingOptions;
  readonly rest: FileRest;
  readonly documents: readonly { readonly name: string; readonly fileId: string }[];
}

/** Reads what was kept. Anything of another shape, such as another version of this page keeps, is left out. */
export function parseKept(text: string | undefined): KeptSession {
  const content = parseObject(text);
  const { lang, maxPages, targetPages } = objectOf(content['parsing']);
  return {
    rules: listOf(content['rules']).flatMap(({ type, description }) =>
      typeof type === 'string' && typeof description === 'string' ? [{ type, description }] : [],
    ),
    parsing: {
      ...(typeof lang === 'string' && { lang }),
      ...(typeof maxPages === 'number' && { maxPages }),
      ...(typeof targetPages === 'string' && { targetPages }),
    },
    rest: objectOf(content['rest']),
    documents: listOf(content['documents']).flatMap(({ name, fileId }) =>
      typeof name === 'string' && typeof fileId === 'string' ? [{ name, fileId }] : [],
    ),
  };
}

function parseObject(text: string | undefined): Record<string, unknown> {
  try {
    return objectOf(JSON.parse(text ?? ''));
  } catch {
    return {};
  }
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}
