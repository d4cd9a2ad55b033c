const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** The id by which a file is stored: a bare UUID is the same file as `dfl-` and that UUID. */
export function fileIdOf(given: string): string {
  return UUID.test(given) ? `dfl-${given.toLowerCase()}` : given;
}
