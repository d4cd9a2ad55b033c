/** What a description says a document is, and what it says it is not. */
export interface SplitDescription {
  /** The description without its negated clauses. */
  readonly positive: string;
  /** The negated clauses: `not a receipt`. */
  readonly negated: readonly string[];
}

const NEGATION =
  /\b(?:not|no|never|except|excluding|excludes|exclude|other than|rather than|unlike|instead of|without being|but not|nicht|kein|keine|keinen|pas|sauf|no es|non)\b[^.;:!?]*?(?=[.;:!?]|\bbut\b|\bonly\b|$)/giu;

/** Parts "An invoice. Not a receipt." into what is meant and what is not. */
export function splitNegations(description: string): SplitDescription {
  const negated: string[] = [];
  const positive = description.replace(NEGATION, (clause) => {
    negated.push(clause);
    return '. ';
  });
  return { positive, negated };
}
