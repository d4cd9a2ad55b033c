import type { ScanResult } from './measure-scans.js';

/** Ranges of the confidence of OCR that are told apart. */
const RANGES: readonly (readonly [name: string, from: number, to: number])[] = [
  ['under 60', 0, 60],
  ['60 to 80', 60, 80],
  ['80 and more', 80, 101],
];

/** From this on an answer counts as a confident one. */
const CONFIDENT = 0.9;

/** Writes down how well documents without text are told, by the confidence of OCR. */
export function writeReport(results: readonly ScanResult[]): string {
  const typed = results.filter(({ expected }) => expected !== null);
  const others = results.filter(({ expected }) => expected === null);
  const seconds = results.map(({ ms }) => ms / 1000).sort((one, other) => one - other);
  const median = seconds[seconds.length >> 1] ?? 0;
  const inRange = (from: number, to: number) => typed.filter(({ ocr = 0 }) => ocr >= from && ocr < to);
  const rows = [...RANGES.map(([name, from, to]) => row(name, inRange(from, to))), row('all', typed)];
  const nulls = others.filter(({ answered }) => answered === null).length;
  return [
    '# Scans and photos',
    '',
    `The ${results.length} labelled documents without text, by 28 rules at once, \`ocr: auto\`, tesseract.js, English. Made by \`npm run bench ocr\`.`,
    '',
    '| confidence of OCR | documents | answered right | best label right | wrong, with a confidence of .9 or more |',
    '| ----------------- | --------- | -------------- | ---------------- | --------------------------------------- |',
    ...rows,
    '',
    `Of ${others.length} that are none of the kinds, ${nulls} were answered null. Median ${median.toFixed(1)} s a document, engine and start included.`,
    '',
  ].join('\n');
}

function row(name: string, results: readonly ScanResult[]): string {
  const right = results.filter(({ answered, expected }) => answered === expected);
  const best = results.filter((result) => result.best === result.expected);
  const wrong = results.filter(
    ({ answered, expected, confidence }) => answered !== null && answered !== expected && confidence >= CONFIDENT,
  );
  return `| ${name} | ${results.length} | ${share(right, results)} | ${share(best, results)} | ${wrong.length} |`;
}

function share(some: readonly unknown[], all: readonly unknown[]): string {
  if (all.length === 0) return '-';
  return `${(some.length / all.length).toFixed(2).replace(/^0/, '')} (${some.length})`;
}
