import type { Score, ScoreSheet } from '../scoring/scorer.js';

/** What all scorers together say of one rule or background type. */
export interface FusedScore {
  /** Comparable between rules and background types of one document. */
  readonly value: number;
  /** What the scorers have to show for it, the first one's first. */
  readonly shown: Pick<Score, 'evidence' | 'documentType' | 'layout'>;
}

/** The score sheets of several scorers, as one. */
export interface FusedSheet {
  readonly rules: readonly FusedScore[];
  readonly background: ReadonlyMap<string, FusedScore>;
  /** Sentences for the reasoning. */
  readonly remarks: readonly string[];
}

/**
 * Adds up the sheets of all scorers, each times its weight.
 * @param sheets by scorer name, in the order in which their evidence is preferred
 * @param weights by scorer name
 */
export function fuseScores(
  sheets: readonly (readonly [string, ScoreSheet])[],
  weights: Readonly<Record<string, number>>,
): FusedSheet {
  const factors = sheets.map(([name]) => weights[name] ?? 0);
  const all = sheets.map(([, sheet]) => sheet);
  const fuse = (pick: (sheet: ScoreSheet) => Score | undefined): FusedScore | undefined => {
    const scores: Score[] = [];
    let value = 0;
    for (let index = 0; index < all.length; index++) {
      const score = pick(all[index] as ScoreSheet);
      if (index === 0 && !score) return undefined;
      value += (factors[index] as number) * (score?.raw ?? 0);
      if (score) scores.push(score);
    }
    return sheets.length === 0 ? undefined : { value, shown: new Shown(scores) };
  };
  const [, first] = sheets[0] ?? [];
  const background = new Map<string, FusedScore>();
  for (const id of first?.background.keys() ?? []) {
    const score = fuse((sheet) => sheet.background.get(id));
    if (score) background.set(id, score);
  }
  const rules = (first?.rules ?? []).flatMap((_, index) => fuse((sheet) => sheet.rules[index]) ?? []);
  return { rules, background, remarks: sheets.flatMap(([, { remarks = [] }]) => remarks) };
}

/** Evidence is made when it is asked for, and for most rules it never is. */
class Shown {
  constructor(private readonly scores: readonly Score[]) {}

  get evidence(): FusedScore['shown']['evidence'] {
    return this.scores.flatMap(({ evidence }) => evidence);
  }

  get layout(): readonly string[] {
    return this.scores.flatMap(({ layout = [] }) => layout);
  }

  get documentType(): string | undefined {
    return this.scores.find(({ documentType }) => documentType !== undefined)?.documentType;
  }
}
