import { expect, test } from 'vitest';
import { english } from '../i18n/english.js';
import { ApiError, describeDetail } from './api-error.js';
import { describeError, isAbort } from './describe-error.js';

test.each([
  [{ detail: 'File not found' }, 'File not found'],
  [
    {
      detail: [
        { loc: ['body', 'configuration', 'rules', 0, 'type'], msg: 'Field required' },
        { loc: ['body'], msg: 'JSON' },
      ],
    },
    'configuration.rules.0.type: Field required; JSON',
  ],
  [{ other: 1 }, undefined],
  ['text', undefined],
  [undefined, undefined],
])('the answer %j says %s', (body, expected) => {
  expect(describeDetail(body)).toBe(expected);
});

test('errors are sentences for people', () => {
  expect(describeError(new ApiError(400, 'document.encrypted', 'it is'), english)).toBe('document.encrypted: it is');
  expect(describeError(new ApiError(404, undefined, 'gone'), english)).toBe('gone');
  expect(describeError(new ApiError(0, undefined, undefined), english)).toBe(english.errors.network);
  expect(describeError(new ApiError(502, undefined, undefined), english)).toContain('502');
  expect(describeError(new Error('other'), english)).toBe('other');
  expect([isAbort(new DOMException('', 'AbortError')), isAbort(new Error('AbortError'))]).toEqual([true, false]);
});
