/** What a field for date and time holds, as an instant; undefined: nothing. */
export function localToInstant(value: string): string | undefined {
  const date = new Date(value);
  return value === '' || Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** An instant as a field for date and time holds it: by the clock of this machine, to the minute. */
export function instantToLocal(instant: string | undefined): string {
  if (instant === undefined) return '';
  const date = new Date(instant);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
