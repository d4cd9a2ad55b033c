/**
 * The alternatives that a rule's `type` names, as plain words: `manual_or_datasheet` gives `manual` and `datasheet`,
 * `purchaseOrder` gives `purchase order`.
 */
export function splitLabel(type: string): string[] {
  const words = type
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/[_\-.]+/g, ' ')
    .trim();
  const parts = words.split(/\s*(?:[,;/|&+]|\b(?:or|and|oder|und|ou|et)\b)\s*/iu);
  const alternatives = parts.map((part) => part.trim()).filter((part) => part !== '');
  return alternatives.length > 1 ? [words, ...alternatives] : [words];
}
