const MAX_LENGTH = 240;
// Backslash and colon separate folders and drives on Windows; control characters spoil terminals.
const FORBIDDEN = /[\\:*?"<>|\p{Cc}]/u;

/** Whether a relative path, with `/`, stays inside the folder that it is joined to, on every system. */
export function isSafePath(path: string): boolean {
  if (path.length > MAX_LENGTH || FORBIDDEN.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
