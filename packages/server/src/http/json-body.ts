import { DocketError } from '@docket/core';
import type { DocketContext } from './app-environment.js';
import { readBodyBytes } from './body-bytes.js';
import { refuseEncodedBody } from './content-encoding.js';
import { findJsonError, findTooDeep, type JsonError } from './json-syntax.js';
import { missingEntry, type ValidationEntry } from './validation-entry.js';

/** A body that was read: its value, or why it has none. */
export type JsonBody = { readonly value: unknown } | { readonly invalid: ValidationEntry };

const JSON_TYPE = /^(application\/json|[\w.!#$&^-]+\/[\w.!#$&^-]+\+json)$/;
/** Levels of lists and objects in each other; more than any request has, and few enough for what handles the value later. */
const MAX_DEPTH = 100;

/**
 * Reads the body of a request as JSON.
 * @throws DocketError `request.unsupported_media_type` when it is not declared as JSON or is compressed, `request.too_large`
 *   when it is longer than `maxBytes`
 */
export async function readJsonBody(context: DocketContext, maxBytes: number): Promise<JsonBody> {
  const contentType = context.req.header('content-type');
  if (contentType === undefined && !announcesBody(context)) return { invalid: missingEntry(['body']) };
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!JSON_TYPE.test(mediaType)) {
    throw new DocketError(
      'request.unsupported_media_type',
      'The request body must be JSON: send it with the header content-type: application/json',
    );
  }
  refuseEncodedBody(context.req.header('content-encoding'));
  const bytes = await readBodyBytes(context, maxBytes);
  return bytes.length === 0 ? { invalid: missingEntry(['body']) } : parseJson(bytes);
}

/** In HTTP/1.1 every body that is not empty is announced by one of two headers. */
function announcesBody(context: DocketContext): boolean {
  const length = context.req.header('content-length');
  return context.req.header('transfer-encoding') !== undefined || (length !== undefined && length !== '0');
}

function parseJson(bytes: Uint8Array): JsonBody {
  const text = decode(bytes);
  if (text === undefined) {
    const offset = new TextDecoder().decode(bytes).indexOf('\uFFFD');
    return invalid(Math.max(offset, 0), 'Invalid UTF-8');
  }
  const parsed = parseJsonText(text);
  return 'value' in parsed ? parsed : invalid(parsed.offset, parsed.error);
}

/** Parses a text as JSON, unless it nests too deeply. @returns Its value, or where and why it has none */
export function parseJsonText(text: string): { readonly value: unknown } | JsonError {
  const tooDeep = findTooDeep(text, MAX_DEPTH);
  if (tooDeep !== undefined) return { offset: tooDeep, error: `Nested more than ${MAX_DEPTH} levels deep` };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return findJsonError(text);
  }
}

/** Takes a byte order mark off; undefined for what is not UTF-8. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function invalid(offset: number, error: string): JsonBody {
  return {
    invalid: { type: 'json_invalid', loc: ['body', offset], msg: 'JSON decode error', input: {}, ctx: { error } },
  };
}
