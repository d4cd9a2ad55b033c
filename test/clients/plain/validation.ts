import { describe, expect, test } from 'vitest';
import { RULES, type Stage } from '../stage.js';
import { callerOf } from './caller.js';
import { WRONG_BODIES, WRONG_PAGES, WRONG_QUERIES } from './validation-cases.js';

const CLASSIFY = '/api/v2/classify';
const configuration = { rules: RULES };

/** The bodies of 422 answers: every row of the contract's table. */
export function declareValidation(stage: Stage): void {
  const { call } = callerOf(stage);
  const create = (json: unknown) => call('POST', CLASSIFY, { json });

  describe('422', () => {
    test.each(WRONG_BODIES)('%s', async (_what, json, detail) => {
      expect(await create(json)).toMatchObject({ status: 422, body: { detail } });
    });

    test.each(WRONG_QUERIES)('%s', async (_what, query, detail) => {
      expect(await call('GET', `${CLASSIFY}?${query}`)).toMatchObject({ status: 422, body: { detail } });
    });

    test.each(WRONG_PAGES)('pages that are none: %j', async (target_pages) => {
      const { status, body } = await create({
        file_input: 'x',
        configuration: { ...configuration, parsing_configuration: { target_pages } },
      });
      const loc = ['body', 'configuration', 'parsing_configuration', 'target_pages'];
      expect([status, body.detail]).toEqual([422, [expect.objectContaining({ loc, input: target_pages })]]);
    });

    test('what is no JSON', async () => {
      const headers = { 'content-type': 'application/json' };
      const { status, body } = await call('POST', CLASSIFY, { headers, body: '{"file_input": oops}' });
      const entry = {
        type: 'json_invalid',
        loc: ['body', 15],
        msg: 'JSON decode error',
        ctx: { error: expect.any(String) },
      };
      expect([status, body.detail]).toEqual([422, [expect.objectContaining(entry)]]);
    });

    test('no body at all', async () => {
      const entry = { type: 'missing', loc: ['body'], msg: 'Field required' };
      const answer = await call('POST', CLASSIFY, { headers: { 'content-type': 'application/json' } });
      expect(answer).toMatchObject({ status: 422, body: { detail: [entry] } });
    });

    test.each([[[]], [null], ['text'], [7]])('a body that is no object: %j', async (json) => {
      const { status, body } = await create(json);
      expect([status, body.detail]).toEqual([422, [expect.objectContaining({ loc: ['body'] })]]);
    });

    test.each([
      ['no input', { configuration }],
      ['no configuration', { file_input: 'dfl-unknown' }],
    ])('%s', async (_what, json) => {
      const entry = { type: 'value_error', loc: ['body'], msg: expect.stringMatching(/^Value error, \S/) };
      expect(await create(json)).toMatchObject({ status: 422, body: { detail: [entry] } });
    });

    test('ids and keys that are too long', async () => {
      const json = { file_input: 'x'.repeat(201), configuration, transaction_id: 'x'.repeat(256) };
      const detail = [
        { type: 'string_too_long', loc: ['body', 'file_input'], ctx: { max_length: 200 } },
        { type: 'string_too_long', loc: ['body', 'transaction_id'], ctx: { max_length: 255 } },
      ];
      expect(await create(json)).toMatchObject({ status: 422, body: { detail } });
    });

    test('parts of a form that are missing, all at once', async () => {
      const body = new FormData();
      body.append('other', 'x');
      const detail = ['file', 'purpose'].map((part) => ({
        type: 'missing',
        loc: ['body', part],
        msg: 'Field required',
      }));
      expect(await call('POST', '/api/v1/beta/files', { body })).toMatchObject({ status: 422, body: { detail } });
    });

    test('a product type that is none', async () => {
      const json = { name: 'x', parameters: { product_type: 'split_v9' } };
      const entry = { type: 'union_tag_invalid', loc: ['body', 'parameters'] };
      expect(await call('POST', '/api/v1/beta/configurations', { json })).toMatchObject({
        status: 422,
        body: { detail: [entry] },
      });
    });
  });
}
