import { attribute, readXml } from './read-xml.js';

const MILLISECONDS_PER_DAY = 86_400_000;

/** Day 0 of the calendars that spreadsheets count in. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

/** The calendar of 1900 has a 29 February that never was; serial numbers before it are one short. */
const FIRST_CORRECT_SERIAL_1900 = 61;

/** 31 December 9999, the last day that a spreadsheet knows. */
const MAX_SERIAL = 2_958_466;

/** For every cell style of a workbook, whether it shows numbers as dates. */
export function readDateStyles(styles: Uint8Array): readonly boolean[] {
  const customDates = new Map<number, boolean>();
  const dateStyles: boolean[] = [];
  let isInCellFormats = false;
  readXml(styles, {
    open(name, attributes) {
      const id = Number(attribute(attributes, 'numFmtId'));
      if (name === 'numFmt') customDates.set(id, isDateFormat(attribute(attributes, 'formatCode') ?? ''));
      else if (name === 'cellXfs') isInCellFormats = true;
      else if (name === 'xf' && isInCellFormats) dateStyles.push(customDates.get(id) ?? isBuiltInDate(id));
    },
    close(name) {
      if (name === 'cellXfs') isInCellFormats = false;
    },
  });
  return dateStyles;
}

/**
 * A serial number as ISO 8601: a date, a date with time, or for numbers below one day a time.
 * @returns undefined when it is no date that a spreadsheet could show
 */
export function formatSerialDate(serial: number, is1904: boolean): string | undefined {
  if (!(serial >= 0 && serial < MAX_SERIAL)) return undefined;
  const correction = !is1904 && serial >= 1 && serial < FIRST_CORRECT_SERIAL_1900 ? 1 : 0;
  const epoch = is1904 ? EPOCH_1904 : EPOCH_1900;
  const seconds = Math.round(((serial + correction) * MILLISECONDS_PER_DAY) / 1000);
  const [date = '', time = ''] = new Date(epoch + seconds * 1000).toISOString().slice(0, 19).split('T');
  if (serial < 1) return time;
  return time === '00:00:00' ? date : `${date} ${time}`;
}

/** ECMA-376 part 1, 18.8.30. */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 45 && id <= 47);
}

/** Looks for date letters in the first section of a format, outside of quoted, escaped and bracketed text. */
function isDateFormat(formatCode: string): boolean {
  const code = formatCode.slice(0, 500).replace(/"[^"]*"|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]|General/gi, '');
  return /[ymdh]/i.test(code.split(';')[0] ?? '');
}
