import type { ParsingOptions, Rule } from './rule.js';
import type { FileRest } from './rule-list.js';

/** A rule file: what a person keeps, and `docket classify --rules` takes. */
export interface RuleText {
  readonly rules: readonly Rule[];
  readonly parsing: ParsingOptions;
  /** Everything else that stands in it, such as its `decision`: written back as it was read. */
  readonly rest: FileRest;
}

/** Why a text is no rule file. `entry` counts from 1. */
export type RuleTextProblem =
  | { readonly kind: 'syntax'; readonly message: string }
  | { readonly kind: 'not_a_list' }
  | { readonly kind: 'not_a_rule'; readonly entry: number }
  | { readonly kind: 'parsing' }
  /** The library that reads and writes YAML could not be loaded. */
  | { readonly kind: 'library' };

/** Thrown by {@link parseRuleText}. */
export class RuleTextError extends Error {
  override readonly name = 'RuleTextError';

  constructor(readonly problem: RuleTextProblem) {
    super(problem.kind);
  }
}

/**
 * Reads a rule file, YAML or JSON: a list of rules, or an object with `rules`. Loads the YAML library for what is no JSON.
 * @throws RuleTextError
 */
export async function parseRuleText(text: string): Promise<RuleText> {
  const content = parseJson(text) ?? (await parseYaml(text));
  const { rules: list, parsing_configuration: parsing, ...rest } = isObject(content) ? content : { rules: content };
  if (!Array.isArray(list)) throw new RuleTextError({ kind: 'not_a_list' });
  return { rules: list.map(parseRule), parsing: parseParsing(parsing), rest };
}

/**
 * Writes a rule file. Loads the YAML library where that is asked for.
 * @throws RuleTextError when that cannot be loaded
 */
export async function writeRuleText({ rules, parsing, rest }: RuleText, format: 'yaml' | 'json'): Promise<string> {
  const { lang, maxPages, targetPages } = parsing;
  const options = {
    ...(lang !== undefined && { lang }),
    ...(maxPages !== undefined && { max_pages: maxPages }),
    ...(targetPages !== undefined && { target_pages: targetPages }),
  };
  const content = {
    rules: rules.map(({ type, description }) => ({ type, description })),
    ...(Object.keys(options).length > 0 && { parsing_configuration: options }),
    ...rest,
  };
  if (format === 'json') return `${JSON.stringify(content, null, 2)}\n`;
  const { stringify } = await loadYaml();
  return stringify(content, { lineWidth: 100, blockQuote: 'folded' });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function parseYaml(text: string): Promise<unknown> {
  const { parse } = await loadYaml();
  try {
    // No aliases: a few lines could stand for gigabytes.
    return parse(text, { maxAliasCount: 0 });
  } catch (error) {
    throw new RuleTextError({ kind: 'syntax', message: error instanceof Error ? error.message : String(error) });
  }
}

async function loadYaml() {
  return import('yaml').catch(() => {
    throw new RuleTextError({ kind: 'library' });
  });
}

function parseRule(entry: unknown, index: number): Rule {
  if (isObject(entry)) {
    const { type, description } = entry;
    if (typeof type === 'string' && typeof description === 'string') return { type, description };
  }
  throw new RuleTextError({ kind: 'not_a_rule', entry: index + 1 });
}

function parseParsing(value: unknown): ParsingOptions {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw new RuleTextError({ kind: 'parsing' });
  const { lang = null, max_pages: maxPages = null, target_pages: targetPages = null } = value;
  const isRight =
    (lang === null || typeof lang === 'string') &&
    (maxPages === null || (Number.isInteger(maxPages) && Number(maxPages) >= 1)) &&
    (targetPages === null || typeof targetPages === 'string');
  if (!isRight) throw new RuleTextError({ kind: 'parsing' });
  return {
    ...(lang !== null && { lang: String(lang) }),
    ...(maxPages !== null && { maxPages: Number(maxPages) }),
    ...(targetPages !== null && { targetPages: String(targetPages) }),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
