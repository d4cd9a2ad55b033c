/** A moment: ISO 8601 in UTC with microseconds, `2026-11-23T10:00:00.123456Z`. Of fixed width, so that texts sort as moments do. */
export type Instant = string;

/** Tells the time. Two answers are never equal, and a later one is never the smaller. */
export interface Clock {
  now(): Instant;
}
