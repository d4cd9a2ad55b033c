import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { assertTunedFor, type DecisionOverrides } from '../decision/tuning.js';
import { DocketError } from '../errors.js';
import { PageSelection, type PageSelectionOptions } from '../pages/page-selection.js';
import { describeIssues, parseRuleSet, type Rule, ruleSchema, rulesSchema } from './rule-set.js';

const share = z.number().min(0).max(1);

const parsingConfigurationSchema = z
  .strictObject({
    lang: z
      .string()
      .min(2)
      .max(35)
      .nullish()
      .describe('Language of the documents, ISO 639-1: a hint that breaks ties.'),
    max_pages: z.number().int().min(1).nullish().describe('Read the first so many pages.'),
    target_pages: z.string().nullish().describe('Read these pages, such as "1,3,5-7". Wins over max_pages.'),
  })
  .describe('What of each document is read.');

const decisionSchema = z
  .strictObject({
    floor: share.optional().describe('Confidence under which no label is given.'),
    margin: share.optional().describe('Lead over the next label under which no label is given.'),
    thresholds: z.record(z.string(), share).optional().describe('A floor of its own for a label.'),
    calibration: z
      .strictObject({ slope: z.number().min(0.01).max(100), intercept: z.number().min(-100).max(100) })
      .optional()
      .describe('What confidences become: the logarithm of their odds, times the slope, plus the intercept.'),
    rules: z
      .string()
      .regex(/^[\da-f]{12}$/)
      .optional()
      .describe('Hash of the rules that it was tuned for.'),
    engine: z.string().min(1).optional().describe('The engine that it was tuned with.'),
  })
  .refine(
    ({ rules, engine, calibration }) =>
      (rules !== undefined && engine !== undefined) || !(rules ?? engine ?? calibration),
    {
      error: 'a tuning names both its rules and its engine; run docket bench tune again',
    },
  )
  .describe('Thresholds of these rules: by hand, or by docket bench tune.');

const ruleFileSchema = z.strictObject({
  $schema: z.string().optional(),
  rules: rulesSchema.describe('At least one. Rules of equal type are alternatives for the same label.'),
  parsing_configuration: parsingConfigurationSchema.optional(),
  decision: decisionSchema.optional(),
});

/** Keys of a rule that are named at most when another one is missing. */
const MOST_NAMED = 3;

const NO_RULES = 'a rule file holds a list of rules, each of a "type" and a "description"';

/** A rule file: `{rules, parsing_configuration?, decision?}` or a bare list of rules. */
export interface RuleFile {
  readonly rules: readonly Rule[];
  readonly parsing: { readonly lang?: string; readonly maxPages?: number; readonly targetPages?: string };
  /** Empty when the file says nothing of decisions. */
  readonly decision: DecisionOverrides;
}

/**
 * Reads a rule file, YAML or JSON.
 * @throws DocketError `resource.file_not_found`, `request.invalid_rules` naming the place (line and key),
 *   `request.invalid_page_selection`, `request.stale_tuning` when it was tuned for other rules
 */
export async function readRuleFile(path: string, options: RuleFileOptions = {}): Promise<RuleFile> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const message = `the rule file ${path} cannot be read; check the path`;
    throw new DocketError('resource.file_not_found', message, { cause: error });
  });
  return parseRuleFile(text, path, options);
}

/** How a rule file is read. */
export interface RuleFileOptions {
  /** Leaves out the decision, and with it the question whether that is of these rules. @default false */
  readonly withoutDecision?: boolean;
}

/** Parses the text of a rule file. `name` is what errors call it. */
export function parseRuleFile(text: string, name = 'rules', { withoutDecision }: RuleFileOptions = {}): RuleFile {
  const lineCounter = new LineCounter();
  // Node would print the library's warnings, which no caller asked for.
  const document = parseDocument(text, { lineCounter, logLevel: 'error' });
  const syntaxError = document.errors[0];
  if (syntaxError) throw invalid(name, syntaxError.message.split('\n')[0] ?? 'it is not valid YAML');
  const content = toPlainData(document, name);
  const wanted = Array.isArray(content) ? { rules: content } : content;
  const result = ruleFileSchema.safeParse(wanted, { error: (issue) => sayPlainly(issue, wanted) });
  if (!result.success) {
    const path = result.error.issues[0]?.path ?? [];
    const lookup = Array.isArray(content) ? path.slice(1) : path;
    throw invalid(name, describeIssues(result.error, ''), lineOf(document, lookup as (string | number)[], lineCounter));
  }
  const { rules, parsing_configuration: parsing } = result.data;
  const { lang, max_pages: maxPages, target_pages: targetPages } = parsing ?? {};
  assertPages({ targetPages, maxPages }, () => placeIn(name, lineOf(document, ['parsing_configuration'], lineCounter)));
  const { decision: found } = result.data;
  const decision = found && !withoutDecision ? overridesOf(found, basename(name)) : {};
  assertTunedFor(decision, { rules: parseRuleSet(rules).identity });
  return {
    rules,
    parsing: { ...(lang ? { lang } : {}), ...(maxPages ? { maxPages } : {}), ...(targetPages ? { targetPages } : {}) },
    decision,
  };
}

/** Says what is missing as who wrote the file would; the rest is left to the schema. */
function sayPlainly({ code, input, path = [] }: z.core.$ZodRawIssue, content: unknown): string | undefined {
  if (code !== 'invalid_type') return undefined;
  if (path.length === 0) return NO_RULES;
  if (input !== undefined || path[0] !== 'rules') return undefined;
  if (path.length === 1) return `there are none; ${NO_RULES}`;
  const rule = (content as { rules: (object | null)[] }).rules[Number(path[1])];
  const others = Object.keys(rule ?? {}).filter((key) => !Object.hasOwn(ruleSchema.shape, key));
  if (others.length === 0) return 'is missing';
  return `is missing; the rule has ${others.slice(0, MOST_NAMED).map((key) => JSON.stringify(key))} instead`;
}

/** @throws DocketError `request.invalid_page_selection` saying where */
function assertPages(pages: PageSelectionOptions, place: () => string): void {
  try {
    PageSelection.parse(pages);
  } catch (error) {
    if (!(error instanceof DocketError)) throw error;
    const { code, message, data } = error;
    throw new DocketError(code, `in ${place()}: ${message}`, { data, cause: error });
  }
}

function overridesOf(
  { rules, engine, ...thresholds }: z.infer<typeof decisionSchema>,
  file: string,
): DecisionOverrides {
  return { ...thresholds, file, ...(rules && engine ? { tunedFor: { rules, engine } } : {}) };
}

/** Aliases are resolved only here, and may lead nowhere. */
function toPlainData(document: ReturnType<typeof parseDocument>, name: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw invalid(name, (error as Error).message);
  }
}

/** The JSON Schema of rule files, for editors: `docs/rules.schema.json` is generated from it. */
export function ruleFileJsonSchema(): object {
  const schema = z.toJSONSchema(z.union([ruleFileSchema, z.array(ruleSchema).min(1)]), { io: 'input' });
  return { ...schema, title: 'Docket rule file' };
}

/** The line of the innermost part of a path that stands in the file. */
function lineOf(document: ReturnType<typeof parseDocument>, path: readonly (string | number)[], lines: LineCounter) {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const range = (node as { range?: readonly number[] } | null)?.range;
    if (range) return lines.linePos(range[0] ?? 0).line;
  }
  return undefined;
}

function placeIn(name: string, line: number | undefined): string {
  return line === undefined ? name : `${name}, line ${line}`;
}

function invalid(name: string, problem: string, line?: number): DocketError {
  return new DocketError('request.invalid_rules', `the rule file is invalid (${placeIn(name, line)}): ${problem}`, {
    data: { name, line },
  });
}
