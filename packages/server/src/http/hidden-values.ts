import type { Location } from './validation-entry.js';

/** What stands for a value that is not answered. */
export const HIDDEN_VALUE = '********';

/** Fields of requests whose values are secrets, or may hold some. */
const SECRET_FIELD = 'webhook_signing_secret';
const HEADERS_FIELD = 'webhook_headers';
const URL_FIELD = 'webhook_url';

/** A field as it may be repeated: secrets are hidden, and the password of a URL. Everything else is itself. */
export function hideField(name: string, value: unknown): unknown {
  if (value === null || value === undefined) return value;
  if (name === SECRET_FIELD) return HIDDEN_VALUE;
  if (name === URL_FIELD) return typeof value === 'string' ? hidePassword(value) : HIDDEN_VALUE;
  if (name === HEADERS_FIELD) return isObject(value) ? hideAll(value) : HIDDEN_VALUE;
  return hideText(value);
}

/** What is at a place of a request, as it may be repeated. */
export function hideAt(loc: Location, value: unknown): unknown {
  const names = loc.filter((step) => typeof step === 'string');
  if (names.includes(HEADERS_FIELD) && names.at(-1) !== HEADERS_FIELD) return HIDDEN_VALUE;
  return hideField(names.at(-1) ?? '', value);
}

/** A URL with stars in place of its password. */
export function hidePassword(text: string): string {
  if (!URL.canParse(text)) return text.includes('@') ? HIDDEN_VALUE : text;
  const url = new URL(text);
  if (url.password === '') return text;
  url.password = HIDDEN_VALUE;
  return url.href;
}

/** Whether the password of a URL is what stands for one that was hidden. */
export function hasHiddenPassword(text: string): boolean {
  return URL.canParse(text) && new URL(text).password === HIDDEN_VALUE;
}

/** A body that was written as JSON twice is a text, with all that is in it. */
function hideText(value: unknown): unknown {
  const isSecret =
    typeof value === 'string' && [SECRET_FIELD, HEADERS_FIELD, URL_FIELD].some((name) => value.includes(name));
  return isSecret ? HIDDEN_VALUE : value;
}

function hideAll(headers: object): Record<string, unknown> {
  return Object.fromEntries(Object.keys(headers).map((name) => [name, HIDDEN_VALUE]));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
