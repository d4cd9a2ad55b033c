import { expect, test } from 'vitest';
import { get, post, RULE, VALID_BODY } from '../testing/thing-app.js';

test('a missing field', async () => {
  const { status, json } = await post({ configuration: { rules: [{ type: 'a' }] } });
  expect(status).toBe(422);
  expect(JSON.stringify(json)).toBe(
    '{"detail":[{"type":"missing","loc":["body","configuration","rules",0,"description"],"msg":"Field required","input":{"type":"a"}}]}',
  );
});

test.each([
  [
    { configuration: { rules: [{ ...RULE, type: 5 }] } },
    ['rules', 0, 'type'],
    'string_type',
    'Input should be a valid string',
    5,
  ],
  [{ configuration: { rules: 'x' } }, ['rules'], 'list_type', 'Input should be a valid list', 'x'],
  [
    { configuration: { rules: [7] } },
    ['rules', 0],
    'model_attributes_type',
    'Input should be a valid dictionary or object to extract fields from',
    7,
  ],
])('a wrong type: %j', async (body, path, type, msg, input) => {
  const { status, json } = await post(body);
  expect(status).toBe(422);
  expect(json).toEqual({ detail: [{ type, loc: ['body', 'configuration', ...path], msg, input }] });
});

test.each([
  ['abc', 'int_parsing', 'Input should be a valid integer, unable to parse string as an integer'],
  [1.5, 'int_from_float', 'Input should be a valid integer, got a number with a fractional part'],
  [[], 'int_type', 'Input should be a valid integer'],
])('no integer: %j', async (value, type, msg) => {
  const { json } = await post({ configuration: { rules: [RULE], parsing_configuration: { max_pages: value } } });
  expect(json).toEqual({
    detail: [{ type, loc: ['body', 'configuration', 'parsing_configuration', 'max_pages'], msg, input: value }],
  });
});

test('a text that is too short, as the contract shows it', async () => {
  const { json } = await post({ configuration: { rules: [{ type: 'a', description: 'short' }] } });
  expect(JSON.stringify(json)).toBe(
    '{"detail":[{"type":"string_too_short","loc":["body","configuration","rules",0,"description"],"msg":"String should have at least 10 characters","input":"short","ctx":{"min_length":10}}]}',
  );
});

test('a text that is too long', async () => {
  const { json } = await post({ ...VALID_BODY, name: 'abcdef' });
  expect(json).toEqual({
    detail: [
      {
        type: 'string_too_long',
        loc: ['body', 'name'],
        msg: 'String should have at most 5 characters',
        input: 'abcdef',
        ctx: { max_length: 5 },
      },
    ],
  });
});

test('no rules', async () => {
  const { json } = await post({ configuration: { rules: [] } });
  expect(json).toEqual({
    detail: [
      {
        type: 'too_short',
        loc: ['body', 'configuration', 'rules'],
        msg: 'List should have at least 1 item after validation, not 0',
        input: [],
        ctx: { field_type: 'List', min_length: 1, actual_length: 0 },
      },
    ],
  });
});

test('a literal that is not one of those permitted', async () => {
  const { json } = await post({ configuration: { rules: [RULE], mode: 'MULTIMODAL' } });
  expect(json).toEqual({
    detail: [
      {
        type: 'literal_error',
        loc: ['body', 'configuration', 'mode'],
        msg: "Input should be 'FAST'",
        input: 'MULTIMODAL',
        ctx: { expected: "'FAST'" },
      },
    ],
  });
  expect((await get('?status=DONE')).json).toMatchObject({
    detail: [
      {
        type: 'literal_error',
        loc: ['query', 'status'],
        msg: "Input should be 'PENDING', 'RUNNING' or 'COMPLETED'",
        input: 'DONE',
      },
    ],
  });
});

test('numbers out of bounds', async () => {
  expect((await get('?page_size=0')).json).toEqual({
    detail: [
      {
        type: 'greater_than_equal',
        loc: ['query', 'page_size'],
        msg: 'Input should be greater than or equal to 1',
        input: '0',
        ctx: { ge: 1 },
      },
    ],
  });
  expect((await get('?page_size=101')).json).toEqual({
    detail: [
      {
        type: 'less_than_equal',
        loc: ['query', 'page_size'],
        msg: 'Input should be less than or equal to 100',
        input: '101',
        ctx: { le: 100 },
      },
    ],
  });
});

test('a bad date-time', async () => {
  expect((await get('?created=yesterday')).json).toEqual({
    detail: [
      {
        type: 'datetime_from_date_parsing',
        loc: ['query', 'created'],
        msg: 'Input should be a valid datetime or date, input is too short',
        input: 'yesterday',
        ctx: { error: 'input is too short' },
      },
    ],
  });
});

test.each([
  ['{"a":}', 5, 'Expecting value'],
  ['not json', 0, 'Expecting value'],
  ['{"ä😀":1,}', 8, 'Expecting property name enclosed in double quotes'],
])('no JSON: %s', async (body, offset, error) => {
  const { status, json } = await post(body);
  expect(status).toBe(422);
  expect(json).toEqual({
    detail: [{ type: 'json_invalid', loc: ['body', offset], msg: 'JSON decode error', input: {}, ctx: { error } }],
  });
});

test('a tag of a union that is unknown or not there', async () => {
  expect((await post({ ...VALID_BODY, parameters: { product_type: 'other' } })).json).toEqual({
    detail: [
      {
        type: 'union_tag_invalid',
        loc: ['body', 'parameters'],
        msg: "Input tag 'other' found using 'product_type' does not match any of the expected tags: 'classify_v2', 'parse_v2'",
        input: { product_type: 'other' },
        ctx: { discriminator: "'product_type'", tag: 'other', expected_tags: "'classify_v2', 'parse_v2'" },
      },
    ],
  });
  expect((await post({ ...VALID_BODY, parameters: {} })).json).toEqual({
    detail: [
      {
        type: 'union_tag_not_found',
        loc: ['body', 'parameters'],
        msg: "Unable to extract tag using discriminator 'product_type'",
        input: {},
        ctx: { discriminator: "'product_type'" },
      },
    ],
  });
});

test('the tag of a union is part of the place', async () => {
  const { json } = await post({
    ...VALID_BODY,
    parameters: { product_type: 'classify_v2', rules: [{ ...RULE, type: '' }] },
  });
  expect(json).toMatchObject({
    detail: [{ loc: ['body', 'parameters', 'classify_v2', 'rules', 0, 'type'], type: 'string_too_short' }],
  });
});

test('no dictionary', async () => {
  const { json } = await post({ ...VALID_BODY, headers: [] });
  expect(json).toMatchObject({ detail: [{ type: 'dict_type', msg: 'Input should be a valid dictionary' }] });
});

test('all that is wrong is said at once: the query first, then the body in field order', async () => {
  const { json } = await post(
    { name: 'abcdef', configuration: { rules: [{}], mode: 1 } },
    '?page_size=0&latest_only=so',
  );
  expect(json).toMatchObject({
    detail: [
      { loc: ['query', 'page_size'] },
      { loc: ['query', 'latest_only'], type: 'bool_parsing' },
      { loc: ['body', 'name'] },
      { loc: ['body', 'configuration', 'rules', 0, 'type'], type: 'missing' },
      { loc: ['body', 'configuration', 'rules', 0, 'description'], type: 'missing' },
      { loc: ['body', 'configuration', 'mode'] },
    ],
  });
});

test('repeats little of a large value', async () => {
  const { json } = await post({ ...VALID_BODY, name: 'x'.repeat(100_000) });
  expect(JSON.stringify(json).length).toBeLessThan(1500);
});

test('a body that is empty or no object', async () => {
  expect(await post('')).toEqual({
    status: 422,
    json: { detail: [{ type: 'missing', loc: ['body'], msg: 'Field required', input: null }] },
  });
  expect((await post('[]')).json).toMatchObject({
    detail: [{ type: 'model_attributes_type', loc: ['body'], input: [] }],
  });
  expect((await post('null')).json).toMatchObject({ detail: [{ type: 'model_attributes_type', loc: ['body'] }] });
});

test('a body that nests too deeply is no JSON, and crashes nothing', async () => {
  const { status, json } = await post('['.repeat(5_000_000));
  expect(status).toBe(422);
  expect(json).toMatchObject({ detail: [{ type: 'json_invalid', loc: ['body', 100] }] });
});

test('millions of wrong items are answered shortly', async () => {
  const { status, json } = await post(`{"configuration":{"rules":[${'1,'.repeat(2_000_000)}1]}}`);
  expect(status).toBe(422);
  expect(json).toMatchObject({ detail: { length: 100 } });
});
