import type { CompiledType } from '@docket/core';

/** Edits that a near match may be away, as a share of the longer text. */
const FARTHEST = 0.4;

/** Ids of the types whose id, name or alias is nearest to what was typed, nearest first; possibly none. */
export function nearMatches(typed: string, types: readonly CompiledType[], most = 3): readonly string[] {
  const wanted = fold(typed);
  const candidates = types.map(({ id, name, aliases, foreignNames }) => {
    const names = [id, name, ...aliases, ...foreignNames].map(fold);
    const distance = Math.min(
      ...names.map((one) => editDistance(wanted, one) / Math.max(wanted.length, one.length, 1)),
    );
    return { id, distance };
  });
  return candidates
    .filter(({ distance }) => distance <= FARTHEST)
    .sort((one, other) => one.distance - other.distance || (one.id < other.id ? -1 : 1))
    .slice(0, most)
    .map(({ id }) => id);
}

/** Insertions, deletions and replacements that turn one text into the other (Levenshtein). */
export function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[other.length] ?? 0;
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[_-]+/g, ' ').trim();
}
