import { z } from '@hono/zod-openapi';
import { expect, test } from 'vitest';
import { flag, integer, list, text } from './fields.js';
import { toValidationEntries } from './pydantic-errors.js';
import type { ValidationEntry } from './validation-entry.js';

function problems(schema: z.ZodType, input: unknown): ValidationEntry[] {
  const result = schema.safeParse(input);
  return result.success ? [] : toValidationEntries(result.error.issues, { schema, input, part: 'body' });
}

const typesOf = (schema: z.ZodType, input: unknown) => problems(schema, input).map((entry) => entry.type);

test('counts code points, not code units', () => {
  expect(problems(text({ max: 3 }), '😀😀😀')).toEqual([]);
  expect(typesOf(text({ max: 3 }), '😀😀😀😀')).toEqual(['string_too_long']);
  expect(typesOf(text({ min: 2 }), '😀')).toEqual(['string_too_short']);
  expect(problems(text({ min: 1 }), '')[0]?.msg).toBe('String should have at least 1 character');
});

test('takes no half characters', () => {
  expect(typesOf(text(), 'a\uD83D')).toEqual(['string_unicode']);
  expect(typesOf(text({ max: 1 }), '😀')).toEqual([]);
});

test.each([
  [5, 5],
  [5.0, 5],
  ['5', 5],
  [' 5 ', 5],
  ['+5', 5],
  ['5.0', 5],
  ['1_0', 10],
  ['-3', -3],
  [true, 1],
])('takes %j for the integer %d', (input, value) => {
  expect(integer().parse(input)).toBe(value);
});

test.each([
  ['', 'int_parsing'],
  ['5.5', 'int_parsing'],
  ['0x10', 'int_parsing'],
  ['1e3', 'int_parsing'],
  [null, 'int_type'],
  [{}, 'int_type'],
  [Number.POSITIVE_INFINITY, 'finite_number'],
  ['9'.repeat(400), 'int_parsing_size'],
  [1e300, 'less_than_equal'],
])('takes %j for no integer', (input, type) => {
  expect(typesOf(integer(), input)).toEqual([type]);
});

test.each([
  [true, true],
  ['True', true],
  ['on', true],
  ['1', true],
  [1, true],
  [0, false],
  ['no', false],
  ['F', false],
])('takes %j for the boolean %j', (input, value) => {
  expect(flag().parse(input)).toBe(value);
});

test.each([
  ['', 'bool_parsing'],
  [2, 'bool_parsing'],
  ['maybe', 'bool_parsing'],
  [null, 'bool_type'],
  [[], 'bool_type'],
])('takes %j for no boolean', (input, type) => {
  expect(typesOf(flag(), input)).toEqual([type]);
});

test('lists have bounds, in the singular too', () => {
  expect(problems(list(text(), { max: 2 }), ['a', 'b', 'c'])[0]).toMatchObject({
    type: 'too_long',
    msg: 'List should have at most 2 items after validation, not 3',
    ctx: { field_type: 'List', max_length: 2, actual_length: 3 },
  });
  expect(problems(list(text(), { min: 1 }), [])[0]?.msg).toContain('at least 1 item after');
});

test('long lists are checked like short ones', () => {
  const schema = z.object({ items: list(z.object({ name: text({ min: 1 }) })) });
  const items = Array.from({ length: 2000 }, () => ({ name: 'a' }));
  expect(schema.parse({ items }).items).toHaveLength(2000);
  items[1500] = { name: '' };
  expect(problems(schema, { items })).toEqual([
    {
      type: 'string_too_short',
      loc: ['body', 'items', 1500, 'name'],
      msg: 'String should have at least 1 character',
      input: '',
      ctx: { min_length: 1 },
    },
  ]);
});

test('rules over several fields are value errors where they are put', () => {
  const schema = z.object({ a: z.string().nullish() }).refine((value) => value.a != null, 'give a');
  expect(problems(schema, { a: null })).toEqual([
    { type: 'value_error', loc: ['body'], msg: 'Value error, give a', input: { a: null } },
  ]);
});
