import type { ValidationEntry } from '../http/validation-entry.js';
import type { TestAnswer } from './test-server.js';

/** What is wrong according to an answer, short: `body.configuration.rules.0.type missing`. */
export function problemsOf({ json }: TestAnswer): string[] {
  return (json.detail as ValidationEntry[]).map(({ loc, type }) => `${loc.join('.')} ${type}`);
}
