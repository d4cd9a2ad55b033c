/** A share of one as a percentage. What is not quite 0 or 1 is not shown as that: `<1%`, `99%`. */
export function formatPercent(share: number, language: string, digits = 0): string {
  const smallest = 10 ** -(digits + 2);
  const options: Intl.NumberFormatOptions = {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  };
  const percent = new Intl.NumberFormat(language, options);
  if (share > 0 && share < smallest) return `<${percent.format(smallest)}`;
  return percent.format(share < 1 ? Math.min(share, 1 - smallest) : share);
}

/** A difference of two shares in points, with its sign. */
export function formatPoints(difference: number, language: string, digits = 0): string {
  const points = new Intl.NumberFormat(language, {
    signDisplay: 'exceptZero',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return points.format(difference * 100);
}

/** A time span: milliseconds up to a second, else seconds, minutes, hours or days. */
export function formatDuration(milliseconds: number, language: string): string {
  const unit = (value: number, name: string, unitDisplay: 'short' | 'narrow' = 'narrow') => {
    const options = { style: 'unit', unit: name, unitDisplay, maximumFractionDigits: 1 } as const;
    return new Intl.NumberFormat(language, options).format(value);
  };
  // By what is shown: 59.96 s are a minute, and 999.6 ms a second.
  if (Math.round(milliseconds) < 1000) return unit(Math.round(milliseconds), 'millisecond', 'short');
  const tenths = Math.round(milliseconds / 100);
  if (tenths < 600) return unit(tenths / 10, 'second', 'short');
  const seconds = Math.round(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${unit(minutes, 'minute')} ${unit(seconds % 60, 'second')}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${unit(hours, 'hour')} ${unit(minutes % 60, 'minute')}`;
  return unit(Math.floor(hours / 24), 'day');
}

/** A size in bytes, in the unit that leaves one to three digits before the point. */
export function formatBytes(bytes: number, language: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  let index = 0;
  let value = bytes;
  while (value >= 999.5 && index < units.length - 1) {
    value /= 1000;
    index++;
  }
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[index] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 && index > 0 ? 1 : 0,
  }).format(value);
}

/** A count with separators. */
export function formatCount(count: number, language: string): string {
  return new Intl.NumberFormat(language).format(count);
}

/** An instant: the time for one of today, else day and time. */
export function formatInstant(instant: string | Date, language: string, now = new Date()): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return String(instant);
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit' };
  const isToday = date.toDateString() === now.toDateString();
  if (isToday) return new Intl.DateTimeFormat(language, time).format(date);
  const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' };
  if (date.getFullYear() !== now.getFullYear()) day.year = 'numeric';
  return new Intl.DateTimeFormat(language, day).format(date);
}
