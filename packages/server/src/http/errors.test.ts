import { DocketError, ERROR_CODES } from '@docket/core';
import { expect, test } from 'vitest';
import { invalidBody, statusOf, toErrorReply } from './errors.js';
import { missingEntry, valueErrorEntry } from './validation-entry.js';

test('codes decide the status', () => {
  const codesOf = (status: number) => ERROR_CODES.filter((code) => statusOf(code) === status);
  expect(codesOf(401)).toEqual(['auth.missing_key', 'auth.invalid_key']);
  expect(codesOf(403)).toEqual(['auth.forbidden_host', 'auth.forbidden_origin', 'auth.invalid_signature']);
  expect(codesOf(404)).toEqual(['resource.not_found', 'resource.document_deleted']);
  expect(codesOf(409)).toEqual(['state.ended', 'state.active', 'state.superseded', 'state.name_taken']);
  expect(codesOf(413)).toEqual(['request.too_large']);
  expect(codesOf(415)).toEqual(['request.unsupported_media_type']);
  expect(codesOf(422)).toEqual(['request.invalid_body']);
  expect(codesOf(429)).toEqual(['capacity.too_many_jobs', 'capacity.too_many_requests', 'capacity.disk_full']);
  expect(codesOf(503)).toEqual(['state.database_locked', 'state.database_unreachable', 'state.data_folder_unwritable']);
  expect(codesOf(400)).toContain('request.invalid_page_token');
  const ofCallers = codesOf(400).filter((code) => !/^(request|document)\./.test(code));
  // Of a document that somebody waits for.
  expect(ofCallers).toEqual(['capacity.out_of_memory']);
  expect(codesOf(500)).toContain('internal.unexpected');
});

test('an overload says how long to wait', () => {
  const error = new DocketError('capacity.too_many_jobs', 'Too many jobs wait', { data: { retryAfterMs: 1200.5 } });
  expect(toErrorReply(error, 'id')).toEqual({
    status: 429,
    headers: { 'docket-error-code': 'capacity.too_many_jobs', 'retry-after-ms': '1201', 'retry-after': '2' },
    body: { detail: 'Too many jobs wait' },
  });
  expect(toErrorReply(new DocketError('capacity.disk_full', 'Full'), 'id').headers['retry-after']).toBe('5');
});

test('a conflict is final, a missing key is asked for', () => {
  const conflict = toErrorReply(new DocketError('state.active', 'Job is RUNNING'), 'id');
  expect(conflict.headers['x-should-retry']).toBe('false');
  const missing = toErrorReply(new DocketError('auth.missing_key', 'Not authenticated'), 'id');
  expect(missing.headers['www-authenticate']).toBe('Bearer');
});

test.each([
  new Error('secret'),
  new DocketError('internal.worker_crashed', 'secret'),
  new DocketError('resource.file_not_found', 'secret'),
  'secret',
  undefined,
])('inner texts stay inside: %s', (thrown) => {
  const { status, body } = toErrorReply(thrown, 'r-1');
  expect(status).toBe(500);
  expect(body).toEqual({ detail: 'Internal server error (request r-1)' });
});

test('handlers can say what is wrong with a request', () => {
  const entries = [missingEntry(['body', 'file']), valueErrorEntry(['body'], 'give file_input', { a: 1 })];
  expect(toErrorReply(invalidBody(entries), 'id')).toEqual({
    status: 422,
    headers: { 'docket-error-code': 'request.invalid_body' },
    body: {
      detail: [
        { type: 'missing', loc: ['body', 'file'], msg: 'Field required', input: null },
        { type: 'value_error', loc: ['body'], msg: 'Value error, give file_input', input: { a: 1 } },
      ],
    },
  });
});
