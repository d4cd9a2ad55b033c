import { extname } from 'node:path';

/** What a file is called that came without a name. */
const NAMELESS = 'unknown_file';

/** How forms write what would end a quoted name: https://html.spec.whatwg.org/#multipart-form-data. */
const FORM_ESCAPES: Readonly<Record<string, string>> = { '%22': '"', '%0A': '\n', '%0D': '\r' };

/** The name of an uploaded file: without any path and without control characters; `unknown_file` when nothing is left. */
export function cleanFileName(given: string | undefined): string {
  const meant = (given ?? '').replace(/%(?:22|0A|0D)/g, (code) => FORM_ESCAPES[code] ?? code);
  const printable = meant.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '');
  const name = printable.slice(Math.max(printable.lastIndexOf('/'), printable.lastIndexOf('\\')) + 1).trim();
  return name === '' || name === '.' || name === '..' ? NAMELESS : name;
}

/** Extension of a file name, lower case, without its dot; null without one. */
export function fileTypeOf(name: string): string | null {
  return extname(name).slice(1).toLowerCase() || null;
}
