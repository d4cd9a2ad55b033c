/** What {@link lintRules} may find. */
export type LintId =
  | 'catch-all'
  | 'negation'
  | 'opaque-type'
  | 'rules-too-close'
  | 'same-document-type'
  | 'unknown-words'
  | 'unlinked-rule'
  | 'vague-description';

/** Something about a rule, or several, that is worth a look. */
export interface LintFinding {
  readonly id: LintId;
  /** `warning`: likely to cost right answers; `advice`: good to know. */
  readonly severity: 'warning' | 'advice';
  /** Indexes into the rules. */
  readonly rules: readonly number[];
  /** Words of the rules that it is about. */
  readonly words: readonly string[];
  readonly message: string;
  readonly advice: string;
}
