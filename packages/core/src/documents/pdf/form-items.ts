import type { Box, SourceItem } from '../document-reader.js';

/** A text that was filled into a field or written on a page. */
export interface FormText {
  readonly text: string;
  readonly box: Box;
}

/** Such texts as a page's last lines, from top to bottom. */
export function formItems(texts: readonly FormText[]): SourceItem[] {
  const ordered = texts.toSorted((one, other) => one.box.y - other.box.y || one.box.x - other.box.x);
  return ordered.flatMap((item): SourceItem[] => [{ text: '\n' }, item]);
}
