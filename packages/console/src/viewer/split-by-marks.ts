/** A range of a text, in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A piece of a text, and which of the ranges hold it, by their place in the list. */
export interface TextPiece {
  readonly text: string;
  readonly ranges: readonly number[];
}

/** Cuts a text where ranges begin and end. Ranges may overlap; what of them lies outside of the text is left out. */
export function splitByMarks(text: string, ranges: readonly TextRange[]): TextPiece[] {
  const bounds = new Set([0, text.length]);
  for (const { start, end } of ranges) {
    if (start >= end) continue;
    for (const bound of [start, end]) if (bound > 0 && bound < text.length) bounds.add(bound);
  }
  const sorted = [...bounds].sort((one, other) => one - other);
  return sorted.slice(0, -1).map((from, index) => {
    const to = sorted[index + 1] ?? text.length;
    const holding = ranges.flatMap(({ start, end }, place) =>
      start <= from && end >= to && start < end ? [place] : [],
    );
    return { text: text.slice(from, to), ranges: holding };
  });
}
