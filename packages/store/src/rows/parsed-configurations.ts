import type { ClassifyConfiguration } from '../ports/job-store.js';

/** Most texts that are remembered, and the longest of them. */
const MOST_TEXTS = 8;
const LONGEST_TEXT = 64 * 1024;

/** By their texts, the one that was used last at the end. */
const parsed = new Map<string, ClassifyConfiguration>();

/**
 * Parses what a job runs with. Jobs of one client mostly run with the same, and each is read several times: the last few
 * texts are parsed once.
 * @param text JSON
 * @returns Shared; nobody changes it
 */
export function parseJobConfiguration(text: string): ClassifyConfiguration {
  const known = parsed.get(text);
  const configuration: ClassifyConfiguration = known ?? JSON.parse(text);
  if (text.length > LONGEST_TEXT) return configuration;
  parsed.delete(text);
  parsed.set(text, configuration);
  const [oldest] = parsed.keys();
  if (parsed.size > MOST_TEXTS && oldest !== undefined) parsed.delete(oldest);
  return configuration;
}
