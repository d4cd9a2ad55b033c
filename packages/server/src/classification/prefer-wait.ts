/** Longest time that a request is held open. */
const MOST_SECONDS = 60;

/**
 * How long a caller is willing to wait for the finished job: `wait=N` of the header `Prefer` (RFC 7240), in seconds.
 * @returns 0 when nothing usable is said; at most 60
 */
export function preferredWaitSeconds(header: string | undefined): number {
  for (const preference of (header ?? '').split(',')) {
    const [, seconds] = /^\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:;.*)?$/i.exec(preference) ?? [];
    if (seconds !== undefined) return Math.min(Number(seconds), MOST_SECONDS);
  }
  return 0;
}
