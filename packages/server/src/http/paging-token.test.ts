import { DocketError } from '@docket/core';
import { expect, test } from 'vitest';
import { decodePageToken, encodePageToken } from './paging-token.js';

const SCOPE = { route: 'classify', secret: new Uint8Array(32) };
const PAGE = { filters: { status: 'PENDING', ids: ['a'] }, cursor: ['2026-01-01T00:00:00.000000Z', 7] };

test('a token leads back to where it was made, with its filters', () => {
  const token = encodePageToken({ ...PAGE, filters: { ...PAGE.filters, name: undefined } }, SCOPE);
  expect(token).toMatch(/^[\w-]+$/);
  expect(decodePageToken(token, SCOPE)).toEqual(PAGE);
});

test.each([
  ['text', 'garbage'],
  ['nothing', ''],
  ['plain data', Buffer.from(JSON.stringify(PAGE)).toString('base64url')],
  ['a token of another list', encodePageToken(PAGE, { ...SCOPE, route: 'files' })],
  ['a token of another installation', encodePageToken(PAGE, { ...SCOPE, secret: new Uint8Array(32).fill(1) })],
  ['a changed token', `${encodePageToken(PAGE, SCOPE).slice(0, -4)}AAAA`],
])('%s is no token', (_, token) => {
  expect(() => decodePageToken(token, SCOPE)).toThrow(
    new DocketError('request.invalid_page_token', 'Invalid page token'),
  );
});
