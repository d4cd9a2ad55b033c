/** A value as JSON for programs and people, with a line break at its end. */
export function writeJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
