import { expect, test } from 'vitest';
import { readInstant } from './instant-text.js';

test.each([
  ['2019-12-27T18:11:19.117Z', '2019-12-27T18:11:19.117000Z'],
  ['2026-01-02T03:04:05.678000+00:00', '2026-01-02T03:04:05.678000Z'],
  ['2026-01-02T03:04:05.678000 00:00', '2026-01-02T03:04:05.678000Z'],
  ['2026-01-02T03:04:05+02:00', '2026-01-02T01:04:05.000000Z'],
  ['2026-01-02T03:04:05-0330', '2026-01-02T06:34:05.000000Z'],
  ['2026-01-02T03:04:05.1234567891', '2026-01-02T03:04:05.123456Z'],
  ['2026-01-02 03:04', '2026-01-02T03:04:00.000000Z'],
  ['2026-01-02t03:04:05z', '2026-01-02T03:04:05.000000Z'],
  ['2026-02-01', '2026-02-01T00:00:00.000000Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000000Z'],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000000Z'],
  ['9999-12-31T23:59:59-01:00', '9999-12-31T23:59:59.999999Z'],
  ['0000-01-01T00:00:00+01:00', '0000-01-01T00:00:00.000000Z'],
])('reads %s', (text, value) => {
  expect(readInstant(text)).toEqual({ value });
});

test.each([
  ['2026', 'input is too short'],
  ['not a date at all', 'invalid character in year'],
  ['2026/01/02', 'invalid date separator, expected `-`'],
  ['2026-1-002', 'invalid date separator, expected `-`'],
  ['2026-xx-02', 'invalid character in month'],
  ['2026-01-xx', 'invalid character in day'],
  ['2026-13-01', 'month value is outside expected range of 1-12'],
  ['2025-02-29', 'day value is outside expected range'],
  ['2026-01-02X03:04', 'invalid datetime separator, expected `T`, `t`, `_` or space'],
  ['2026-01-02T24:00:00Z', 'hour value is outside expected range of 0-23'],
  ['2026-01-02T10:60:00Z', 'minute value is outside expected range of 0-59'],
  ['2026-01-02T10:00:60Z', 'second value is outside expected range of 0-59'],
  ['2026-01-02T10:00:00+24:00', 'timezone offset must be less than 24 hours'],
  ['2026-01-02T10:00:00Z and more', 'unexpected extra characters at the end of the input'],
])('does not read %s', (text, error) => {
  const msg = `Input should be a valid datetime or date, ${error}`;
  expect(readInstant(text)).toEqual({ problem: { type: 'datetime_from_date_parsing', msg, ctx: { error } } });
});
