import { extname } from 'node:path';

/** What a file is called that came without a name. */
const NAMELESS = 'unknown_file';

/** The name of an uploaded file: without any path and without control characters; `unknown_file` when nothing is left. */
export function cleanFileName(given: string | undefined): string {
  const printable = (given ?? '').replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '');
  const name = printable.slice(Math.max(printable.lastIndexOf('/'), printable.lastIndexOf('\\')) + 1).trim();
  return name === '' || name === '.' || name === '..' ? NAMELESS : name;
}

/** Extension of a file name, lower case, without its dot; null without one. */
export function fileTypeOf(name: string): string | null {
  return extname(name).slice(1).toLowerCase() || null;
}
