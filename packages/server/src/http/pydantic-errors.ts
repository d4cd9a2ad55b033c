import type { z } from '@hono/zod-openapi';
import { excerpt } from './excerpt.js';
import { hideAt } from './hidden-values.js';
import { type PydanticProblem, problemOf, quoteAlternatives } from './pydantic-issue.js';
import { childOf, taggedOptions } from './schema-structure.js';
import { missingEntry, type ValidationEntry } from './validation-entry.js';

/** What was validated. */
export interface ValidatedPart {
  readonly schema: z.ZodType;
  readonly input: unknown;
  readonly part: 'query' | 'body';
}

/** The place of an issue in what was validated. */
interface Place {
  readonly loc: readonly (string | number)[];
  readonly value: unknown;
  /** What the value is in; undefined for the whole. */
  readonly container: unknown;
  readonly schema: z.core.$ZodType | undefined;
}

/** Says what zod found as pydantic would: one entry per issue, in order. */
export function toValidationEntries(issues: readonly z.core.$ZodIssue[], validated: ValidatedPart): ValidationEntry[] {
  return issues.map((issue) => toEntry(issue, validated));
}

function toEntry(issue: z.core.$ZodIssue, validated: ValidatedPart): ValidationEntry {
  const path = isUnknownTag(issue) ? issue.path.slice(0, -1) : issue.path;
  const place = locate(path, validated);
  const { type, msg, ctx } = problemOf(issue) ?? toProblem(issue, place);
  // JSON knows no undefined: what is undefined is not there.
  if (place.value === undefined && type !== 'value_error') {
    return missingEntry(place.loc, validated.part === 'query' ? null : (place.container ?? null));
  }
  return {
    type,
    loc: place.loc,
    msg,
    input: excerpt(hideAt(place.loc, place.value)),
    ...(ctx !== undefined && { ctx }),
  };
}

function locate(path: readonly PropertyKey[], { schema: root, input, part }: ValidatedPart): Place {
  const loc: (string | number)[] = [part];
  let place: Place = { loc, value: input, container: undefined, schema: root };
  for (const key of path) {
    const option = chosenOption(place);
    if (option !== undefined) loc.push(option.tag);
    const schema = option?.schema ?? place.schema;
    loc.push(typeof key === 'number' ? key : String(key));
    place = {
      loc,
      value: fieldOf(place.value, key),
      container: place.value,
      schema: schema && childOf(schema, key),
    };
  }
  return place;
}

/** In a union the tag is a step of its own, as in pydantic. */
function chosenOption({ schema, value }: Place) {
  const union = schema && taggedOptions(schema);
  if (union === undefined) return undefined;
  const tag = fieldOf(value, union.discriminator);
  return union.options.find((option) => option.tag === tag);
}

function fieldOf(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<PropertyKey, unknown>)[key];
}

function toProblem(issue: z.core.$ZodIssue, place: Place): PydanticProblem {
  switch (issue.code) {
    case 'invalid_type':
      return typeProblem(issue.expected);
    case 'invalid_value':
      return literalProblem(issue.values);
    case 'too_small':
      return issue.origin === 'array'
        ? listProblem('too_short', Number(issue.minimum), place.value)
        : { type: 'greater_than_equal', ...bound('greater than', 'ge', issue.minimum) };
    case 'too_big':
      return issue.origin === 'array'
        ? listProblem('too_long', Number(issue.maximum), place.value)
        : { type: 'less_than_equal', ...bound('less than', 'le', issue.maximum) };
    case 'invalid_union':
      return isUnknownTag(issue) ? tagProblem(place) : { type: 'value_error', msg: `Value error, ${issue.message}` };
    default:
      return { type: 'value_error', msg: `Value error, ${issue.message}` };
  }
}

const TYPE_PROBLEMS: Readonly<Record<string, PydanticProblem>> = {
  string: { type: 'string_type', msg: 'Input should be a valid string' },
  array: { type: 'list_type', msg: 'Input should be a valid list' },
  record: { type: 'dict_type', msg: 'Input should be a valid dictionary' },
  object: {
    type: 'model_attributes_type',
    msg: 'Input should be a valid dictionary or object to extract fields from',
  },
  number: { type: 'float_type', msg: 'Input should be a valid number' },
  int: { type: 'int_type', msg: 'Input should be a valid integer' },
  boolean: { type: 'bool_type', msg: 'Input should be a valid boolean' },
};

function typeProblem(expected: string): PydanticProblem {
  return TYPE_PROBLEMS[expected] ?? { type: 'value_error', msg: `Value error, Input should be a valid ${expected}` };
}

function literalProblem(values: readonly unknown[]): PydanticProblem {
  const expected = quoteAlternatives(values);
  return { type: 'literal_error', msg: `Input should be ${expected}`, ctx: { expected } };
}

function bound(relation: string, name: 'ge' | 'le', value: number | bigint): Omit<PydanticProblem, 'type'> {
  return { msg: `Input should be ${relation} or equal to ${value}`, ctx: { [name]: Number(value) } };
}

function listProblem(type: 'too_short' | 'too_long', limit: number, value: unknown): PydanticProblem {
  const actual = Array.isArray(value) ? value.length : 0;
  const [degree, name] = type === 'too_short' ? ['least', 'min_length'] : ['most', 'max_length'];
  return {
    type,
    msg: `List should have at ${degree} ${limit} ${limit === 1 ? 'item' : 'items'} after validation, not ${actual}`,
    ctx: { field_type: 'List', [name]: limit, actual_length: actual },
  };
}

function isUnknownTag(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'invalid_union' && 'discriminator' in issue && issue.discriminator !== undefined;
}

function tagProblem({ schema, value }: Place): PydanticProblem {
  const union = schema && taggedOptions(schema);
  const discriminator = `'${union?.discriminator}'`;
  const tag = fieldOf(value, union?.discriminator ?? '');
  if (tag === undefined || tag === null) {
    const msg = `Unable to extract tag using discriminator ${discriminator}`;
    return { type: 'union_tag_not_found', msg, ctx: { discriminator } };
  }
  const tagText = String(excerpt(typeof tag === 'string' ? tag : JSON.stringify(excerpt(tag))));
  const expected = (union?.options ?? []).map((option) => `'${option.tag}'`).join(', ');
  return {
    type: 'union_tag_invalid',
    msg: `Input tag '${tagText}' found using ${discriminator} does not match any of the expected tags: ${expected}`,
    ctx: { discriminator, tag: tagText, expected_tags: expected },
  };
}
