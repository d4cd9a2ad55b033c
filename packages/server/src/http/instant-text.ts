import type { Instant } from '@docket/store';
import type { Conversion } from './lax-values.js';

const DATE = /^(\d{4})-(\d{2})-(\d{2})/;
/** The space before an offset is what an unescaped `+` in a query becomes. */
const TIME = /^[Tt_ ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(?:([Zz])|([+\- ])(\d{2}):?(\d{2}))?$/;
const EARLIEST: Instant = '0000-01-01T00:00:00.000000Z';
const LATEST: Instant = '9999-12-31T23:59:59.999999Z';

/** Reads a date-time or date; without offset it is UTC. Digits after the microseconds are dropped. */
export function readInstant(text: string): Conversion<Instant> {
  const trimmed = text.trim();
  if (trimmed.length < 10) return invalid('input is too short');
  const date = DATE.exec(trimmed);
  if (date === null) return invalid(dateProblem(trimmed));
  const [year, month, day] = date.slice(1).map(Number) as [number, number, number];
  if (month < 1 || month > 12) return invalid('month value is outside expected range of 1-12');
  if (day < 1 || day > daysIn(year, month)) return invalid('day value is outside expected range');
  const rest = trimmed.slice(10);
  return rest === '' ? { value: `${trimmed}T00:00:00.000000Z` } : readTime(Date.UTC(2000, month - 1, day), year, rest);
}

function readTime(dayMs: number, year: number, rest: string): Conversion<Instant> {
  if (!/^[Tt_ ]/.test(rest)) return invalid('invalid datetime separator, expected `T`, `t`, `_` or space');
  const match = TIME.exec(rest);
  if (match === null) return invalid('unexpected extra characters at the end of the input');
  const [hours, minutes, seconds] = [match[1], match[2], match[3] ?? '0'].map(Number) as [number, number, number];
  const offset = offsetMinutes(match);
  if (hours > 23) return invalid('hour value is outside expected range of 0-23');
  if (minutes > 59) return invalid('minute value is outside expected range of 0-59');
  if (seconds > 59) return invalid('second value is outside expected range of 0-59');
  if (offset === undefined) return invalid('timezone offset must be less than 24 hours');
  const moment = new Date(dayMs);
  moment.setUTCFullYear(year);
  moment.setUTCHours(hours, minutes - offset, seconds);
  return { value: format(moment, match[4] ?? '') };
}

/** Minutes east of Greenwich. */
function offsetMinutes(match: RegExpExecArray): number | undefined {
  const [sign, hours, minutes] = [match[6], Number(match[7] ?? 0), Number(match[8] ?? 0)];
  if (hours > 23 || minutes > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes);
}

function format(moment: Date, fraction: string): Instant {
  // An offset can lead out of the years that have four digits.
  if (moment.getUTCFullYear() > 9999) return LATEST;
  if (moment.getUTCFullYear() < 0) return EARLIEST;
  return `${moment.toISOString().slice(0, 19)}.${fraction.slice(0, 6).padEnd(6, '0')}Z`;
}

function daysIn(year: number, month: number): number {
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2) return isLeapYear ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function dateProblem(text: string): string {
  if (!/^\d{4}/.test(text)) return 'invalid character in year';
  if (!/^.{4}-/.test(text) || !/^.{7}-/.test(text)) return 'invalid date separator, expected `-`';
  return /^.{5}\d{2}/.test(text) ? 'invalid character in day' : 'invalid character in month';
}

function invalid(error: string): Conversion<Instant> {
  const msg = `Input should be a valid datetime or date, ${error}`;
  return { problem: { type: 'datetime_from_date_parsing', msg, ctx: { error } } };
}
