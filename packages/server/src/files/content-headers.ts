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

/** Most bytes of a name in a header: clients and proxies take 8 KiB of headers at least, and there are two of it and others. */
const MOST_NAME_BYTES = 2000;

/** The name twice: in ASCII for old clients, and in full as RFC 5987 writes it. A very long one is cut, but for its extension. */
function contentDisposition(fullName: string): string {
  const name = cutName(fullName);
  const ascii = name.replace(/[^\x20-\x7e]|["%\\]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** Without the end of what stands before the extension when it would be too long as RFC 5987 writes it. */
function cutName(name: string): string {
  if (encodeURIComponent(name).length <= MOST_NAME_BYTES) return name;
  const extension = extname(name);
  const isExtension = encodeURIComponent(extension).length < MOST_NAME_BYTES / 2;
  const end = isExtension ? extension : '';
  let left = MOST_NAME_BYTES - encodeURIComponent(end).length;
  let start = '';
  for (const character of name) {
    left -= encodeURIComponent(character).length;
    if (left < 0) break;
    start += character;
  }
  return start + end;
}
