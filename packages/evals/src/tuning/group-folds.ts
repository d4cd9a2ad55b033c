/** Splits items into folds so that no group is in two of them: groups in order of size go to the emptiest fold. */
export function groupFolds<Item>(items: readonly Item[], groupOf: (item: Item) => string, folds: number): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = groupOf(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  const bySize = [...groups].sort(([one, a], [other, b]) => b.length - a.length || (one < other ? -1 : 1));
  const result: Item[][] = Array.from({ length: folds }, () => []);
  for (const [, group] of bySize) {
    const emptiest = result.reduce((least, fold) => (fold.length < least.length ? fold : least));
    emptiest.push(...group);
  }
  return result;
}
