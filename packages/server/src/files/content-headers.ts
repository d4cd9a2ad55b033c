import { extname } from 'node:path';
import { fileTypeOf } from './file-name.js';

const CONTENT_TYPES = new Map(
  Object.entries({
    csv: 'text/csv; charset=utf-8',
    docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    eml: 'message/rfc822',
    gif: 'image/gif',
    htm: 'text/html; charset=utf-8',
    html: 'text/html; charset=utf-8',
    jpeg: 'image/jpeg',
    jpg: 'image/jpeg',
    json: 'application/json',
    md: 'text/markdown; charset=utf-8',
    pdf: 'application/pdf',
    png: 'image/png',
    pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    tif: 'image/tiff',
    tiff: 'image/tiff',
    txt: 'text/plain; charset=utf-8',
    webp: 'image/webp',
    xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    xml: 'application/xml',
  }),
);

/**
 * Headers with which the bytes of a file are handed out. They are saved, never shown: a page that somebody uploaded must
 * not run as a page of this server.
 */
export function contentHeaders({
  name,
  size,
}: {
  readonly name: string;
  readonly size: number;
}): Record<string, string> {
  return {
    'content-type': CONTENT_TYPES.get(fileTypeOf(name) ?? '') ?? 'application/octet-stream',
    'content-length': String(size),
    'content-disposition': contentDisposition(name),
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  };
}

/** Most bytes of a name as RFC 5987 writes it. Some clients and proxies take no more than 8 KiB of headers, and the name is in it twice. */
const MOST_NAME_BYTES = 2000;

/** The name twice: in ASCII for old clients, and in full. A very long one is cut, but for its extension. */
function contentDisposition(fullName: string): string {
  const name = cutName(fullName);
  const ascii = name.replace(/[^\x20-\x7e]|["%\\]/g, '_');
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeName(name)}`;
}

/** As RFC 5987 writes it. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function cutName(name: string): string {
  if (encodeName(name).length <= MOST_NAME_BYTES) return name;
  const extension = extname(name);
  // What follows a dot may be all of a name.
  const end = encodeName(extension).length < MOST_NAME_BYTES / 2 ? extension : '';
  let left = MOST_NAME_BYTES - encodeName(end).length;
  let start = '';
  for (const character of name) {
    left -= encodeName(character).length;
    if (left < 0) break;
    start += character;
  }
  return start + end;
}
