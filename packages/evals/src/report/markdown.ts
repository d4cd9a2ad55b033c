import type { EstimatedShare, Share } from '../metrics/metrics.js';

/** A cell of a table: one line, in which nothing of a document is taken for Markdown or HTML. */
export function cell(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\\|`*<>[\]]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .trim();
}

/** The lines of a table. Cells must be made by {@link cell}, or hold no special characters. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** `93.2 %`, or `-` for null. */
export function percent(value: number | null): string {
  return value === null ? '-' : `${(100 * value).toFixed(1)} %`;
}

/** `93.2 % (41 of 44)`, with the interval where there is one. */
export function shareText(share: Share | EstimatedShare): string {
  const counts = `${share.count} of ${share.of}`;
  if (!('low' in share) || share.low === null || share.high === null) return `${percent(share.value)} (${counts})`;
  return `${percent(share.value)} (${counts}; 95 % interval ${percent(share.low)} to ${percent(share.high)})`;
}

/** A number with so many decimals, or `-` for null. */
export function decimal(value: number | null, digits = 3): string {
  return value === null ? '-' : value.toFixed(digits);
}
