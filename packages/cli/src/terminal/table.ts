import Table from 'cli-table3';
import type { Colours } from './colours.js';
import { DEFAULT_WIDTH, printable, wrapText } from './text.js';

/** A column: how wide it may get, and how its text is shown. */
export interface Column {
  readonly head: string;
  /** Columns of the terminal at most; text beyond is wrapped. */
  readonly width?: number;
}

/** A cell: text, or text with a colour for each of its lines. */
export type Cell = string | { readonly text: string; readonly colour: (line: string) => string };

/** What {@link layOutTable} is given. */
export interface TableOptions {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  readonly colours: Colours;
}

/** Blank columns between two columns. */
export const GAP = 2;

/** Text narrower than this cannot be read. */
const NARROWEST = 12;

const BORDERS = [
  ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
  ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
];

/** Lays text out in aligned columns without borders; ends with a line break. */
export function layOutTable({ columns, rows, colours }: TableOptions): string {
  const table = new Table({
    chars: Object.fromEntries(BORDERS.map((name) => [name, ''])),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP, compact: true },
    head: columns.map(({ head }) => colours.bold(head)),
  });
  for (const row of rows) table.push(row.map((cell, index) => layOutCell(cell, columns[index]?.width)));
  return `${trimLines(table.toString())}\n`;
}

/** Width that is left for the last column of a table. */
export function remainingWidth(others: readonly number[], width = DEFAULT_WIDTH): number {
  const taken = others.reduce((sum, other) => sum + other + GAP, 0);
  return Math.max(width - taken, NARROWEST);
}

function layOutCell(cell: Cell, width = Number.POSITIVE_INFINITY): string {
  const { text, colour } = typeof cell === 'string' ? { text: cell, colour: (line: string) => line } : cell;
  const lines = Number.isFinite(width) ? wrapText(printable(text), width) : [printable(text)];
  return lines.map(colour).join('\n');
}

function trimLines(text: string): string {
  return text.replace(/ +$/gm, '');
}
