/** A rule, as the API takes it. */
export interface Rule {
  readonly type: string;
  readonly description: string;
}

/** What is read of each document; absent: what the server does by itself. */
export interface ParsingOptions {
  readonly lang?: string;
  readonly maxPages?: number;
  readonly targetPages?: string;
}

/** A rule while it is written, with a key that stays its own when others move. */
export interface RuleDraft extends Rule {
  readonly key: string;
}

/** What is wrong with a rule. */
export type RuleProblem = 'type' | 'description';

const LONGEST_TYPE = 50;
const DESCRIPTION_LENGTH = { least: 10, most: 500 };

/** How long a text is for the API: in code points. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** What keeps a rule from being used, by the limits of the API. */
export function problemsOf({ type, description }: Rule): RuleProblem[] {
  const problems: RuleProblem[] = [];
  const typeLength = lengthOf(type);
  if (typeLength < 1 || typeLength > LONGEST_TYPE) problems.push('type');
  const length = lengthOf(description);
  if (length < DESCRIPTION_LENGTH.least || length > DESCRIPTION_LENGTH.most) problems.push('description');
  return problems;
}

/** The drafts that the API would take. */
export function completeRules(drafts: readonly RuleDraft[]): RuleDraft[] {
  return drafts.filter((draft) => problemsOf(draft).length === 0);
}

/** A configuration, as the API takes it. */
export function configurationOf(rules: readonly Rule[], parsing: ParsingOptions) {
  const { lang, maxPages, targetPages } = parsing;
  return {
    rules: rules.map(({ type, description }) => ({ type, description })),
    mode: 'FAST' as const,
    parsing_configuration:
      (lang ?? maxPages ?? targetPages) === undefined
        ? null
        : { lang: lang ?? 'en', max_pages: maxPages ?? null, target_pages: targetPages ?? null },
  };
}
