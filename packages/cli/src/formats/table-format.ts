import { type Outcome, roundDuration } from '../classification/outcome.js';
import type { Colours } from '../terminal/colours.js';
import { type Cell, type Column, layOutTable, remainingWidth } from '../terminal/table.js';
import { printable, widestOf, wrapText } from '../terminal/text.js';
import { shortenPaths } from './document-names.js';
import { explainOutcome } from './explain-outcome.js';
import type { FormatOptions, OutcomeFormat } from './outcome-format.js';

/** Share of the width that a column may take. */
const PATH_SHARE = 0.3;
const TYPE_SHARE = 0.2;

/** Columns of a confidence that is drawn. */
const BAR_WIDTH = 5;
const EIGHTHS = ['', '\u258f', '\u258e', '\u258d', '\u258c', '\u258b', '\u258a', '\u2589'];

/** Aligned columns for people, then the evidence if asked for, then what scored, and a line that counts. */
export function tableFormat(options: FormatOptions): OutcomeFormat {
  const outcomes: Outcome[] = [];
  return {
    begin: () => '',
    add: (outcome) => {
      outcomes.push(outcome);
      return '';
    },
    end: (summary) => {
      const table = outcomes.length > 0 ? `${layOutOutcomes(outcomes, options)}\n` : '';
      const explanations = options.explain ? outcomes.map((outcome) => explainOutcome(outcome, options)).join('') : '';
      return `${table}${explanations}${scorerLine(outcomes, options)}${options.colours.bold(summary)}\n`;
    },
  };
}

/** What gave the answers; it is the same for all. */
function scorerLine(outcomes: readonly Outcome[], { colours, width }: FormatOptions): string {
  const [answered] = outcomes.flatMap((outcome) => ('error' in outcome ? [] : [outcome.result]));
  if (!answered) return '';
  const lines = wrapText(`scorer: ${printable(answered.scorer)}`, width);
  return lines.map((line) => `${colours.dim(line)}\n`).join('');
}

function layOutOutcomes(outcomes: readonly Outcome[], options: FormatOptions): string {
  const { colours, timings, width } = options;
  const widestPath = Math.max(12, Math.floor(width * PATH_SHARE));
  const paths = outcomes.map(({ path }) => path);
  const { folder, names } = shortenPaths(paths, widestPath);
  const fixed: Column[] = [
    column('DOCUMENT', names, widestPath),
    column('TYPE', outcomes.map(typeOf), Math.floor(width * TYPE_SHARE)),
    { head: 'CONFIDENCE', width: 10 },
    ...(timings ? [column('MS', outcomes.map(durationOf), 12)] : []),
  ];
  const why = {
    head: 'WHY',
    width: remainingWidth(
      fixed.map((one) => one.width ?? 0),
      width,
    ),
  };
  const rows = outcomes.map((outcome, index) => [names[index] ?? '', ...toCells(outcome, options)]);
  const heading = folder === undefined ? '' : `${colours.dim(`in ${printable(folder)}`)}\n`;
  return `${heading}${layOutTable({ columns: [...fixed, why], rows, colours })}`;
}

function column(head: string, texts: readonly string[], most: number): Column {
  return { head, width: Math.min(most, Math.max(head.length, widestOf(texts.map(printable)))) };
}

/** All cells of a row but the first. */
function toCells(outcome: Outcome, { colours, bars, timings }: FormatOptions): Cell[] {
  const duration = timings ? [durationOf(outcome)] : [];
  const type = { text: typeOf(outcome), colour: colourOf(outcome, colours) };
  if ('error' in outcome) {
    const { code, message } = outcome.error;
    return [type, '', ...duration, { text: `${code}: ${message}`, colour: colours.red }];
  }
  const { confidence, reasoning } = outcome.result;
  const drawn = bars ? ` ${drawBar(confidence)}` : '';
  return [type, `${confidence.toFixed(2)}${drawn}`, ...duration, reasoning];
}

function colourOf(outcome: Outcome, { red, green, dim }: Colours) {
  if ('error' in outcome) return red;
  return outcome.result.type === null ? dim : green;
}

function typeOf(outcome: Outcome): string {
  return 'error' in outcome ? 'failed' : (outcome.result.type ?? '-');
}

function durationOf(outcome: Outcome): string {
  return 'error' in outcome ? '' : roundDuration(outcome.durationMs).toFixed(1);
}

function drawBar(share: number): string {
  const eighths = Math.round(Math.min(Math.max(share, 0), 1) * BAR_WIDTH * 8);
  return '\u2588'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
}
