import type { PdfReaderName } from '@docket/core';
import { table } from '../speed/report.js';
import type { ReaderAnswer } from './compare-answers.js';
import type { HostileOutcome } from './hostile-outcomes.js';
import type { ReadingCost, TextAmount } from './measure-reading.js';

type ByReader<Value> = Readonly<Record<PdfReaderName, Value>>;

/** What {@link writeReport} is given. */
export interface ReportInput {
  readonly machine: string;
  readonly rounds: number;
  readonly answers: ByReader<readonly ReaderAnswer[]>;
  readonly fitted: ByReader<readonly ReaderAnswer[]>;
  readonly costs: ByReader<ReadingCost> & { readonly pdftotext: ReadingCost };
  readonly hostile: ByReader<readonly HostileOutcome[]>;
}

const READERS: readonly PdfReaderName[] = ['pdfjs', 'pdfium'];

/** Amounts of text further apart than this are listed. */
const FAR_APART = 0.02;

/** Writes the comparison of the readers of PDF, Markdown. */
export function writeReport(input: ReportInput): string {
  return [
    '# Readers of PDF',
    '',
    `Written by \`pnpm --filter @docket/bench pdf-readers\`. ${input.machine}. pdf.js and PDFium beside each other, as Docket reads`,
    'with them: every page, normalised text, language; `pdftotext` (poppler) beside them, one process for each file.',
    '',
    ...accuracySection(input),
    ...costSection(input),
    ...textSection(input),
    ...hostileSection(input),
  ].join('\n');
}

function accuracySection({ answers, fitted }: ReportInput): string[] {
  const row = (name: PdfReaderName, what: string, list: readonly ReaderAnswer[]) => {
    const typed = list.filter(({ expected }) => expected !== null);
    const other = list.filter(({ expected }) => expected === null);
    const right = (some: readonly ReaderAnswer[], of: 'first' | 'answered') =>
      `${some.filter((one) => one[of] === one.expected).length} of ${some.length}`;
    return [name, what, right(typed, 'first'), right(typed, 'answered'), right(other, 'answered')];
  };
  const differing = answers.pdfjs.flatMap((one) => {
    const other = answers.pdfium.find(({ path }) => path === one.path);
    const isSame = other && other.first === one.first && other.answered === one.answered;
    if (isSame) return [];
    const say = (answer: ReaderAnswer | undefined) =>
      answer ? `${answer.first}, answered ${answer.answered} (${answer.confidence.toFixed(2)})` : 'not read';
    return [[one.path, String(one.expected), say(one), say(other)]];
  });
  return [
    '## Accuracy',
    '',
    'The labelled documents and rules of [accuracy.md](accuracy.md), the first 12 pages. *shipped*: with the calibration that is',
    'shipped. *fitted*: five-fold, everything that is fitted fitted on the text of the same reader.',
    '',
    ...table(
      ['reader', 'calibration', 'first of the ranking', 'as answered', 'others null'],
      READERS.flatMap((name) => [row(name, 'shipped', answers[name]), row(name, 'fitted', fitted[name])]),
    ),
    '',
    'Documents whose answers differ, with the calibration that is shipped:',
    '',
    ...table(['document', 'right', 'pdfjs', 'pdfium'], differing),
    '',
  ];
}

function costSection({ costs, rounds }: ReportInput): string[] {
  const rows = (['pdfjs', 'pdfium', 'pdftotext'] as const).map((name) => {
    const { wallMs, processorMs, peakMb, documents } = costs[name];
    const pages = sum(documents, 'pages');
    const orNothing = (value: number, text: string) => (Number.isNaN(value) ? '' : text);
    return [
      name,
      String(pages),
      String(sum(documents, 'characters')),
      (wallMs / 1000).toFixed(2),
      orNothing(processorMs, (processorMs / 1000).toFixed(2)),
      ((pages / wallMs) * 1000).toFixed(0),
      (costs.pdftotext.wallMs / wallMs).toFixed(2),
      orNothing(peakMb, peakMb.toFixed(0)),
    ];
  });
  return [
    '## Speed and memory',
    '',
    `All ${costs.pdfjs.documents.length} text PDFs of the labelled documents, every page, one process; loading the reader included, starting Node not.`,
    `Medians of ${rounds} rounds in turns. Characters without blanks.`,
    '',
    ...table(
      ['reader', 'pages', 'characters', 'seconds', 'processor seconds', 'pages/s', 'of pdftotext', 'peak RSS, MiB'],
      rows,
    ),
    '',
  ];
}

function textSection({ costs }: ReportInput): string[] {
  const amounts = (name: 'pdfjs' | 'pdfium' | 'pdftotext') =>
    new Map(costs[name].documents.map((document) => [document.path, document]));
  const [pdfjs, pdftotext] = [amounts('pdfjs'), amounts('pdftotext')];
  const isFar = (one: TextAmount, other: TextAmount | undefined) =>
    !other ||
    one.pages !== other.pages ||
    Math.abs(one.characters - other.characters) > FAR_APART * Math.max(one.characters, other.characters);
  const rows = costs.pdfium.documents
    .filter((one) => isFar(one, pdfjs.get(one.path)) || isFar(one, pdftotext.get(one.path)))
    .map((one) => {
      const others = [pdfjs.get(one.path), pdftotext.get(one.path)];
      const name = one.path.split('/').slice(-2).join('/');
      return [name, ...[one, ...others].map((amount) => (amount ? `${amount.characters} (${amount.pages})` : ''))];
    });
  return [
    `Documents whose characters (pages) are further than ${FAR_APART * 100} % from those of pdfium:`,
    '',
    ...table(['document', 'pdfium', 'pdfjs', 'pdftotext'], rows),
    '',
  ];
}

function hostileSection({ hostile }: ReportInput): string[] {
  const rows = hostile.pdfjs.map((one, index) => {
    const other = hostile.pdfium[index];
    const say = (outcome: HostileOutcome | undefined) =>
      outcome ? `${outcome.outcome}${outcome.reader.includes(' after ') ? ', by the other' : ''}` : '';
    const took = [one, other].map((outcome) => ((outcome?.tookMs ?? 0) / 1000).toFixed(2));
    return [one.name, say(one), say(other), ...took];
  });
  const slowest = READERS.map((name) => `${name} ${(sumOf(hostile[name]) / 1000).toFixed(1)} s`).join(', ');
  return [
    '## Hostile files',
    '',
    `Every PDF of the hostile files, every page, in an engine process with 1 GiB of memory, 10 s to open it and 2 s a page; in all: ${slowest}.`,
    '',
    ...table(['file', 'pdfjs', 'pdfium', 'pdfjs, s', 'pdfium, s'], rows),
    '',
  ];
}

function sum(documents: readonly TextAmount[], key: 'pages' | 'characters'): number {
  return documents.reduce((total, document) => total + document[key], 0);
}

function sumOf(outcomes: readonly HostileOutcome[]): number {
  return outcomes.reduce((total, { tookMs }) => total + tookMs, 0);
}
