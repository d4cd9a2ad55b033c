import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemsOf } from '../testing/entries.js';
import { CONFIGURATION } from '../testing/jobs.js';
import { TestServer } from '../testing/test-server.js';

const RULE = { type: 'invoice', description: 'has an invoice number and a total' };
const TARGET_PAGES = 'body.configuration.parsing_configuration.target_pages';

/** What is sent as `configuration`, and what is wrong with it. */
const CONFIGURATIONS: [unknown, string[]][] = [
  ['text', ['body.configuration model_attributes_type']],
  [{}, ['body.configuration.rules missing']],
  [{ rules: {} }, ['body.configuration.rules list_type']],
  [{ rules: [] }, ['body.configuration.rules too_short']],
  [{ rules: ['invoice'] }, ['body.configuration.rules.0 model_attributes_type']],
  [{ rules: [{}] }, ['body.configuration.rules.0.type missing', 'body.configuration.rules.0.description missing']],
  [{ rules: [{ ...RULE, type: 5 }] }, ['body.configuration.rules.0.type string_type']],
  [{ rules: [{ ...RULE, type: '' }] }, ['body.configuration.rules.0.type string_too_short']],
  [{ rules: [{ ...RULE, type: 'x'.repeat(51) }] }, ['body.configuration.rules.0.type string_too_long']],
  [{ rules: [RULE, { ...RULE, description: 'short' }] }, ['body.configuration.rules.1.description string_too_short']],
  [{ rules: [{ ...RULE, description: 'x'.repeat(501) }] }, ['body.configuration.rules.0.description string_too_long']],
  [{ rules: [RULE], mode: 'MULTIMODAL' }, ['body.configuration.mode literal_error']],
  [{ rules: [RULE], mode: null }, ['body.configuration.mode literal_error']],
  [{ rules: [RULE], parsing_configuration: 'all' }, ['body.configuration.parsing_configuration model_attributes_type']],
  [
    { rules: [RULE], parsing_configuration: { lang: 5, max_pages: 0 } },
    [
      'body.configuration.parsing_configuration.lang string_type',
      'body.configuration.parsing_configuration.max_pages greater_than_equal',
    ],
  ],
  [
    { rules: [RULE], parsing_configuration: { max_pages: 'many' } },
    ['body.configuration.parsing_configuration.max_pages int_parsing'],
  ],
  [{ rules: [RULE], parsing_configuration: { target_pages: 5 } }, [`${TARGET_PAGES} string_type`]],
];

/** What is sent beside a valid configuration, and what is wrong with it. */
const BODIES: [Record<string, unknown>, string[]][] = [
  [{ file_input: 5 }, ['body.file_input string_type']],
  [{ file_input: 'x'.repeat(201) }, ['body.file_input string_too_long']],
  [{ configuration_id: 5 }, ['body.configuration_id string_type']],
  [{ file_id: [], parse_job_id: {} }, ['body.file_id string_type', 'body.parse_job_id string_type']],
  [{ transaction_id: 'x'.repeat(256) }, ['body.transaction_id string_too_long']],
  [{ webhook_configurations: 'x' }, ['body.webhook_configurations list_type']],
  [{ webhook_configurations: ['x'] }, ['body.webhook_configurations.0 model_attributes_type']],
  [
    { webhook_configurations: [{ webhook_headers: { a: 5 }, webhook_events: 'all' }] },
    [
      'body.webhook_configurations.0.webhook_headers.a string_type',
      'body.webhook_configurations.0.webhook_events list_type',
    ],
  ],
  [{ webhook_configuration_ids: [5] }, ['body.webhook_configuration_ids.0 string_type']],
];

describe('validation of POST /api/v2/classify', () => {
  let server: TestServer;
  let fileId: string;
  beforeAll(async () => {
    server = await TestServer.start();
    fileId = await server.upload();
  });
  afterAll(() => server[Symbol.asyncDispose]());
  const create = (body: unknown) => server.call('POST', '/api/v2/classify', { body });

  it.each(CONFIGURATIONS)('configuration %j', async (configuration, problems) => {
    const answer = await create({ file_input: fileId, configuration });
    expect(answer.status).toBe(422);
    expect(problemsOf(answer)).toEqual(problems);
  });

  it.each(BODIES)('body %j', async (body, problems) => {
    const answer = await create({ file_input: fileId, configuration: CONFIGURATION, ...body });
    expect(answer.status).toBe(422);
    expect(problemsOf(answer)).toEqual(problems);
  });

  it.each(['a-b', '0', '5-3', '1,,2', '', ',', '1.5', '-1'])('target_pages %j', async (target_pages) => {
    const configuration = { ...CONFIGURATION, parsing_configuration: { target_pages } };
    const answer = await create({ file_input: fileId, configuration });
    expect(problemsOf(answer)).toEqual([`${TARGET_PAGES} value_error`]);
    expect(answer.json.detail[0].msg).toMatch(/^Value error, .*write it like "1,3,5-7"$/);
  });

  it.each(['1', ' 1 , 3-4', '5 - 7,1', '999999'])('takes target_pages %j as they are', async (target_pages) => {
    const configuration = { ...CONFIGURATION, parsing_configuration: { target_pages, max_pages: 2 } };
    const { status, json } = await create({ file_input: fileId, configuration });
    expect(status).toBe(200);
    expect(json.configuration.parsing_configuration).toEqual({ lang: 'en', target_pages, max_pages: 2 });
  });

  it('reports all fields at once, in their order, as pydantic does', async () => {
    const configuration = { rules: [{ type: 'invoice', description: 'short' }], mode: 'SLOW' };
    const answer = await create({ file_input: 5, configuration });
    expect(answer.json.detail).toEqual([
      { type: 'string_type', loc: ['body', 'file_input'], msg: 'Input should be a valid string', input: 5 },
      {
        type: 'string_too_short',
        loc: ['body', 'configuration', 'rules', 0, 'description'],
        msg: 'String should have at least 10 characters',
        input: 'short',
        ctx: { min_length: 10 },
      },
      {
        type: 'literal_error',
        loc: ['body', 'configuration', 'mode'],
        msg: "Input should be 'FAST'",
        input: 'SLOW',
        ctx: { expected: "'FAST'" },
      },
    ]);
  });

  it.each([[[]], ['text'], [5], [null]])('a body that is no object: %j', async (body) => {
    expect(problemsOf(await create(body))).toEqual(['body model_attributes_type']);
  });

  it('checks the scope', async () => {
    const query = { project_id: 'x'.repeat(201) };
    const answer = await server.call('POST', '/api/v2/classify', { body: [], query });
    expect(problemsOf(answer)).toEqual(['query.project_id string_too_long', 'body model_attributes_type']);
  });

  it('takes limits to the letter', async () => {
    const configuration = {
      rules: [
        { type: 'x', description: 'x'.repeat(10) },
        { type: '😀'.repeat(50), description: '😀'.repeat(500) },
      ],
    };
    const { status } = await create({ file_input: fileId, configuration, transaction_id: 'x'.repeat(255) });
    expect(status).toBe(200);
  });
});
