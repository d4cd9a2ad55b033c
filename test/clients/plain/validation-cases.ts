import { expect } from 'vitest';
import { RULES } from '../stage.js';

const configuration = { rules: RULES };
const rule = { type: 'invoice', description: 'a bill with a number and a total' };

/** What can be wrong with the body of a create, and how that is said. */
export const WRONG_BODIES: readonly [what: string, json: unknown, detail: readonly object[]][] = [
  [
    'a field that is missing',
    { file_input: 'x', configuration: { rules: [{ type: 'invoice' }] } },
    [
      {
        type: 'missing',
        loc: ['body', 'configuration', 'rules', 0, 'description'],
        msg: 'Field required',
        input: { type: 'invoice' },
      },
    ],
  ],
  [
    'a text that is none',
    { file_input: 7, configuration },
    [{ type: 'string_type', loc: ['body', 'file_input'], msg: 'Input should be a valid string', input: 7 }],
  ],
  [
    'a list that is none',
    { file_input: 'x', configuration: { rules: 'invoice' } },
    [
      {
        type: 'list_type',
        loc: ['body', 'configuration', 'rules'],
        msg: 'Input should be a valid list',
        input: 'invoice',
      },
    ],
  ],
  [
    'a number that is none',
    { file_input: 'x', configuration: { ...configuration, parsing_configuration: { max_pages: 'many' } } },
    [
      {
        type: 'int_parsing',
        loc: ['body', 'configuration', 'parsing_configuration', 'max_pages'],
        msg: 'Input should be a valid integer, unable to parse string as an integer',
        input: 'many',
      },
    ],
  ],
  [
    'an object that is none',
    { file_input: 'x', configuration: 'invoice' },
    [
      {
        type: 'model_attributes_type',
        loc: ['body', 'configuration'],
        msg: 'Input should be a valid dictionary or object to extract fields from',
        input: 'invoice',
      },
    ],
  ],
  [
    'a text that is too short',
    { file_input: 'x', configuration: { rules: [{ type: '', description: 'short' }] } },
    [
      {
        type: 'string_too_short',
        loc: ['body', 'configuration', 'rules', 0, 'type'],
        msg: 'String should have at least 1 character',
        input: '',
        ctx: { min_length: 1 },
      },
      {
        type: 'string_too_short',
        loc: ['body', 'configuration', 'rules', 0, 'description'],
        msg: 'String should have at least 10 characters',
        input: 'short',
        ctx: { min_length: 10 },
      },
    ],
  ],
  [
    'a text that is too long',
    {
      file_input: 'x',
      configuration: {
        rules: [
          { ...rule, type: 'x'.repeat(51) },
          { ...rule, description: 'x'.repeat(501) },
        ],
      },
    },
    [
      {
        type: 'string_too_long',
        loc: ['body', 'configuration', 'rules', 0, 'type'],
        msg: 'String should have at most 50 characters',
        input: 'x'.repeat(51),
        ctx: { max_length: 50 },
      },
      {
        type: 'string_too_long',
        loc: ['body', 'configuration', 'rules', 1, 'description'],
        msg: 'String should have at most 500 characters',
        input: 'x'.repeat(501),
        ctx: { max_length: 500 },
      },
    ],
  ],
  [
    'no rules',
    { file_input: 'x', configuration: { rules: [] } },
    [
      {
        type: 'too_short',
        loc: ['body', 'configuration', 'rules'],
        msg: 'List should have at least 1 item after validation, not 0',
        input: [],
        ctx: { field_type: 'List', min_length: 1, actual_length: 0 },
      },
    ],
  ],
  [
    'another mode',
    { file_input: 'x', configuration: { ...configuration, mode: 'MULTIMODAL' } },
    [
      {
        type: 'literal_error',
        loc: ['body', 'configuration', 'mode'],
        msg: "Input should be 'FAST'",
        input: 'MULTIMODAL',
        ctx: { expected: "'FAST'" },
      },
    ],
  ],
  [
    'a number under its bound',
    { file_input: 'x', configuration: { ...configuration, parsing_configuration: { max_pages: 0 } } },
    [
      {
        type: 'greater_than_equal',
        loc: ['body', 'configuration', 'parsing_configuration', 'max_pages'],
        msg: 'Input should be greater than or equal to 1',
        input: 0,
        ctx: { ge: 1 },
      },
    ],
  ],
];

/** What can be wrong with the query of a list. */
export const WRONG_QUERIES: readonly [what: string, query: string, detail: readonly object[]][] = [
  [
    'a number over its bound',
    'page_size=101',
    [
      {
        type: 'less_than_equal',
        loc: ['query', 'page_size'],
        msg: 'Input should be less than or equal to 100',
        input: '101',
        ctx: { le: 100 },
      },
    ],
  ],
  [
    'a status that is none, and a number that is none',
    'page_size=x&status=DONE',
    [
      { type: 'int_parsing', loc: ['query', 'page_size'], input: 'x' },
      {
        type: 'literal_error',
        loc: ['query', 'status'],
        msg: "Input should be 'PENDING', 'RUNNING', 'COMPLETED', 'FAILED' or 'CANCELLED'",
        input: 'DONE',
      },
    ],
  ],
  [
    'a moment that is none',
    'created_at_on_or_after=yesterday',
    [
      {
        type: 'datetime_from_date_parsing',
        loc: ['query', 'created_at_on_or_after'],
        msg: expect.stringMatching(/^Input should be a valid datetime or date, \S/),
        input: 'yesterday',
        ctx: { error: expect.stringMatching(/\S/) },
      },
    ],
  ],
];

/** Selections of pages that are none. */
export const WRONG_PAGES = ['a-b', '0', '5-3', '1,,2', ','];
