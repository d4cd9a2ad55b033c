import { z } from '@hono/zod-openapi';
import { readInstant } from './instant-text.js';
import { readFlag, readInteger } from './lax-values.js';
import { type PydanticProblem, pydanticIssue } from './pydantic-issue.js';

/** Smallest and largest permitted value, or number of characters or items; absent: no bound. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** Items of a list that are looked at one by one before the list as a whole is. */
const LONG_LIST = 1_000;
/** Most items of a long list that are complained about. */
const MAX_BAD_ITEMS = 100;

/** A text. Its length counts Unicode code points, as Python's does. */
export function text({ min, max }: Bounds = {}): z.ZodString {
  const checked = z.string().superRefine((value, context) => {
    const problem = textProblem(value, { min, max });
    if (problem !== undefined) context.addIssue(pydanticIssue(problem));
  });
  return checked.openapi({
    ...(min !== undefined && { minLength: min }),
    ...(max !== undefined && { maxLength: max }),
  });
}

/** An integer; texts of integers and numbers without fraction count as such. */
export function integer({ min, max }: Bounds = {}) {
  let bounded = z.number().int();
  if (min !== undefined) bounded = bounded.min(min);
  if (max !== undefined) bounded = bounded.max(max);
  return z.preprocess((value, context) => convert(readInteger(value), context), bounded);
}

/** A boolean; also 0, 1 and the words that stand for one: yes, no, on, off, t, f, y, n. */
export function flag() {
  return z.preprocess((value, context) => convert(readFlag(value), context), z.boolean());
}

/** One of some texts. */
export function literal<const Values extends readonly [string, ...string[]]>(...values: Values) {
  return z.enum(values);
}

/** A list. */
export function list<Item extends z.ZodType>(item: Item, { min, max }: Bounds = {}) {
  let items = z.array(item);
  if (min !== undefined) items = items.min(min);
  if (max !== undefined) items = items.max(max);
  return z.preprocess((value, context) => refuseBadItems(item, value, context), items);
}

/**
 * A date-time or date, as RFC 3339 and more laxly: without offset it is UTC, a date is its midnight. Becomes an ISO text in
 * UTC with microseconds.
 */
export function instant() {
  return z
    .string()
    .openapi({ format: 'date-time' })
    .transform((value, context) => convert(readInstant(value), context));
}

function textProblem(value: string, { min, max }: { min: number | undefined; max: number | undefined }) {
  if (/\p{Surrogate}/u.test(value)) return NOT_UNICODE;
  // A text has at most as many code points as code units, and at least half as many.
  const length = value.length > (max ?? Number.POSITIVE_INFINITY) || min !== undefined ? countCodePoints(value) : 0;
  if (min !== undefined && length < min) return shortText(min);
  if (max !== undefined && length > max) return longText(max);
  return undefined;
}

const NOT_UNICODE: PydanticProblem = {
  type: 'string_unicode',
  msg: 'Input should be a valid string, unable to parse raw data as a unicode string',
};

function shortText(min: number): PydanticProblem {
  return {
    type: 'string_too_short',
    msg: `String should have at least ${min} ${min === 1 ? 'character' : 'characters'}`,
    ctx: { min_length: min },
  };
}

function longText(max: number): PydanticProblem {
  return {
    type: 'string_too_long',
    msg: `String should have at most ${max} ${max === 1 ? 'character' : 'characters'}`,
    ctx: { max_length: max },
  };
}

function countCodePoints(value: string): number {
  let count = 0;
  for (const _ of value) count += 1;
  return count;
}

function convert<Value>(result: { value: Value } | { problem: PydanticProblem }, context: z.RefinementCtx): Value {
  if ('value' in result) return result.value;
  context.addIssue(pydanticIssue(result.problem));
  return z.NEVER;
}

/** A body of megabytes can hold millions of bad items: complaining about each would cost far more memory than reading it. */
function refuseBadItems(item: z.ZodType, value: unknown, context: z.RefinementCtx): unknown {
  if (!Array.isArray(value) || value.length <= LONG_LIST) return value;
  let badItems = 0;
  for (let index = 0; index < value.length && badItems < MAX_BAD_ITEMS; index += 1) {
    const result = item.safeParse(value[index]);
    if (result.success) continue;
    badItems += 1;
    for (const issue of result.error.issues) context.addIssue({ ...issue, path: [index, ...issue.path] });
  }
  return badItems === 0 ? value : z.NEVER;
}
