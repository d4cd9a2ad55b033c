import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const folder = new URL('../../../../shared/eval/published/', import.meta.url);

/** Columns of the tables of published figures, by the text set that they are about. */
const COLUMNS = { ag_news: ['agnews', 'agnews (4)'], banking77: ['banking77', 'banking77 (72)'] } as const;

/** Rows that are shown, beside the best of each column. */
const BTZSC_ROWS = [
  'all-MiniLM-L6-v2',
  'bge-base-en-v1.5',
  'e5-base-v2',
  'bart-large-mnli',
  'deberta-v3-large-nli',
  'Llama-3.2-3B-Instruct',
];
const LAURER_ROW = 'deberta-v3-base-zeroshot-v1.1-heldout';

/** What others measured on text sets. */
export interface PublishedFigure {
  readonly model: string;
  /** By text set. */
  readonly accuracy: Readonly<Record<string, number>>;
}

/** The text sets that there are published figures for. */
export const PUBLISHED_SETS: readonly string[] = Object.keys(COLUMNS);

/** A readable handful of the published figures; none where they are not here: they are not part of the project. */
export async function loadPublished(): Promise<PublishedFigure[]> {
  if (!existsSync(folder)) return [];
  const [btzsc, laurer] = await Promise.all([
    readTable('btzsc_acc_scores.csv'),
    readTable('moritzlaurer_v1.1_df_metrics_base.csv'),
  ]);
  return [...pickRows(btzsc), ...pickColumn(laurer)];
}

/** @param table one model per row, one set per column */
export function pickRows([head = [], ...rows]: readonly (readonly string[])[]): PublishedFigure[] {
  const figures = rows.map(([model = '', ...values]) => ({
    model,
    accuracy: Object.fromEntries(
      Object.entries(COLUMNS).map(([set, [column]]) => [set, Number(values[head.indexOf(column) - 1])]),
    ),
  }));
  const best = PUBLISHED_SETS.map((set) =>
    figures.reduce((most, one) => ((one.accuracy[set] ?? 0) > (most.accuracy[set] ?? 0) ? one : most)),
  );
  return figures
    .filter((one) => BTZSC_ROWS.includes(one.model) || best.includes(one))
    .map((one) => (best.includes(one) ? { ...one, model: `${one.model} (best of its list)` } : one));
}

/** @param table one set per row, one model per column */
export function pickColumn([head = [], ...rows]: readonly (readonly string[])[]): PublishedFigure[] {
  const column = head.indexOf(LAURER_ROW);
  const accuracy = Object.entries(COLUMNS).flatMap(([set, [, name]]) => {
    const value = rows.find(([row]) => row === name)?.[column];
    return value ? [[set, Number(value)] as const] : [];
  });
  return accuracy.length > 0 ? [{ model: LAURER_ROW, accuracy: Object.fromEntries(accuracy) }] : [];
}

async function readTable(file: string): Promise<string[][]> {
  const text = await readFile(fileURLToPath(new URL(file, folder)), 'utf8');
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
}
