import { excerpt } from './excerpt.js';
import { hideAt } from './hidden-values.js';

/** Where in a request a value is: `body`, `query` or `path`, then keys and positions. */
export type Location = readonly (string | number)[];

/** One thing that is wrong with a request, as pydantic says it. The order of the fields is the order on the wire. */
export interface ValidationEntry {
  readonly type: string;
  readonly loc: Location;
  readonly msg: string;
  readonly input?: unknown;
  readonly ctx?: Readonly<Record<string, unknown>>;
}

/** A field that is not there. @param input What it is missing in: the object around it, null for parts of forms and queries */
export function missingEntry(loc: Location, input: unknown = null): ValidationEntry {
  return { type: 'missing', loc, msg: 'Field required', input: excerpt(hideAt(loc, input)) };
}

/** A request whose fields are right each by itself, but not together. */
export function valueErrorEntry(loc: Location, text: string, input: unknown = null): ValidationEntry {
  return { type: 'value_error', loc, msg: `Value error, ${text}`, input: excerpt(hideAt(loc, input)) };
}
