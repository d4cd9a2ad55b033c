import { type Outcome, roundDuration } from '../classification/outcome.js';
import type { FormatOptions, OutcomeFormat } from './outcome-format.js';

const COLUMNS = ['path', 'type', 'confidence', 'reasoning', 'pages_total', 'pages_read', 'error_code', 'error_message'];

/** Comma-separated values after RFC 4180, lines ended by CR LF. `pages_read` counts pages. */
export function csvFormat({ timings }: Pick<FormatOptions, 'timings'>): OutcomeFormat {
  const line = (cells: readonly (string | number)[]) => `${cells.map(quoteCell).join(',')}\r\n`;
  return {
    begin: () => line([...COLUMNS, ...(timings ? ['duration_ms'] : [])]),
    add: (outcome) => line([...cellsOf(outcome), ...(timings ? [durationOf(outcome)] : [])]),
    end: () => '',
  };
}

function cellsOf(outcome: Outcome): (string | number)[] {
  const path = outcome.path === '-' ? '-' : disarm(outcome.path);
  if ('error' in outcome) return [path, '', '', '', '', '', outcome.error.code, disarm(outcome.error.message)];
  const { type, confidence, reasoning, pages } = outcome.result;
  return [path, type ?? '', confidence, disarm(reasoning), pages.total, pages.read.length, '', ''];
}

function durationOf(outcome: Outcome): string | number {
  return 'error' in outcome ? '' : roundDuration(outcome.durationMs);
}

/**
 * Keeps spreadsheets from taking text that others wrote for a formula (OWASP, "CSV injection"). Types are the user's
 * own and stay as they are.
 */
function disarm(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoteCell(cell: string | number): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
