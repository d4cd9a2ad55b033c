import type { DocumentRecord } from '../../documents/read-document.js';
import type { LayoutCue, NumericFeature } from '../../knowledge/document-type.js';
import { median } from '../../pages/page-shape.js';

/** What the layout cues look at. */
export interface DocumentFacts {
  readonly format: string;
  readonly orientation: 'portrait' | 'landscape' | undefined;
  readonly numbers: Readonly<Record<NumericFeature, number>>;
}

/** Sums up the pages that were read. */
export function documentFacts({ format, pageCount, pages }: DocumentRecord): DocumentFacts {
  const shapes = pages.map((page) => page.shape);
  const sum = (pick: (shape: (typeof shapes)[number]) => number) =>
    shapes.reduce((total, shape) => total + pick(shape), 0);
  const lines = Math.max(
    1,
    sum((shape) => shape.lines),
  );
  const words = Math.max(
    1,
    sum((shape) => shape.words),
  );
  const digits = sum((shape) => shape.digits);
  const read = Math.max(1, pages.length);
  return {
    format,
    orientation: orientationOf(pages),
    numbers: {
      pages: pageCount,
      words_per_page: words / read,
      line_length: median(shapes.filter((shape) => shape.lines > 0).map((shape) => shape.medianLineLength)),
      digit_share: digits / Math.max(1, digits + sum((shape) => shape.letters)),
      money_rate: (100 * sum((shape) => shape.moneyAmounts)) / words,
      bullet_share: sum((shape) => shape.bullets) / lines,
      section_rate: (100 * sum((shape) => shape.sections)) / lines,
      citation_rate: (1000 * sum((shape) => shape.citations)) / words,
      mail_headers: shapes[0]?.mailHeaders ?? 0,
      blank_fields: sum((shape) => shape.blankFields) / read,
      code_share: sum((shape) => shape.codeLines) / lines,
      question_share: sum((shape) => shape.questions) / lines,
      time_rate: (100 * sum((shape) => shape.clockTimes)) / lines,
      speaker_share: sum((shape) => shape.speakers) / lines,
    },
  };
}

/** Whether a layout cue holds for a document. */
export function layoutHolds(cue: LayoutCue, facts: DocumentFacts): boolean {
  if (cue.feature === 'format') return (cue.in as readonly string[]).includes(facts.format);
  if (cue.feature === 'orientation') return facts.orientation !== undefined && cue.in.includes(facts.orientation);
  const value = facts.numbers[cue.feature];
  return value >= (cue.min ?? Number.NEGATIVE_INFINITY) && value <= (cue.max ?? Number.POSITIVE_INFINITY);
}

function orientationOf(pages: DocumentRecord['pages']): 'portrait' | 'landscape' | undefined {
  const known = pages.flatMap((page) => page.orientation ?? []);
  if (known.length === 0) return undefined;
  const landscape = known.filter((orientation) => orientation === 'landscape').length;
  return landscape * 2 > known.length ? 'landscape' : 'portrait';
}
