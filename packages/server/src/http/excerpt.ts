import { hideField } from './hidden-values.js';

/** Most bytes of a caller's value that an answer repeats, roughly. */
const MAX_BYTES = 1_000;
const MAX_DEPTH = 16;
const ELLIPSIS = '…';

/**
 * A value as it may be repeated to the caller, without secrets: itself when it is small, else its beginning.
 * @param value Plain data, however large or deep
 */
export function excerpt(value: unknown): unknown {
  return copy(value, { bytesLeft: MAX_BYTES }, 0);
}

interface Budget {
  bytesLeft: number;
}

function copy(value: unknown, budget: Budget, depth: number): unknown {
  if (typeof value === 'string') return copyText(value, budget);
  if (typeof value !== 'object' || value === null) {
    budget.bytesLeft -= String(value).length;
    return value ?? null;
  }
  budget.bytesLeft -= 2;
  if (depth === MAX_DEPTH) return ELLIPSIS;
  return Array.isArray(value) ? copyList(value, budget, depth) : copyObject(value, budget, depth);
}

function copyText(text: string, budget: Budget): string {
  const available = Math.max(budget.bytesLeft, 0);
  const head = text.slice(0, available);
  const bytes = Buffer.byteLength(JSON.stringify(head));
  const kept = bytes <= available + 2 ? head : head.slice(0, Math.floor((head.length * available) / bytes));
  budget.bytesLeft -= Math.min(bytes, available + 2);
  // A cut between the halves of a pair would leave half a character.
  return kept.length === text.length ? text : `${kept.replace(/[\uD800-\uDBFF]$/u, '')}${ELLIPSIS}`;
}

function copyList(list: readonly unknown[], budget: Budget, depth: number): unknown[] {
  const copied: unknown[] = [];
  for (const item of list) {
    if (budget.bytesLeft <= 0) return [...copied, ELLIPSIS];
    copied.push(copy(item, budget, depth + 1));
    budget.bytesLeft -= 1;
  }
  return copied;
}

function copyObject(object: object, budget: Budget, depth: number): Record<string, unknown> {
  const copied: [string, unknown][] = [];
  for (const [key, value] of Object.entries(object)) {
    if (budget.bytesLeft <= 0) {
      copied.push([ELLIPSIS, ELLIPSIS]);
      break;
    }
    copied.push([copyText(key, budget), copy(hideField(key, value), budget, depth + 1)]);
    budget.bytesLeft -= 2;
  }
  return Object.fromEntries(copied);
}
