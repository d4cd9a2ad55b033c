import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { DocketError } from '../errors.js';
import { PageSelection } from '../pages/page-selection.js';
import { describeIssues, type Rule, ruleSchema, rulesSchema } from './rule-set.js';

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
    calibration: z.unknown().optional().describe('Reserved for tuned rule sets.'),
    engine: z.string().optional().describe('Reserved for tuned rule sets: the engine that it was tuned for.'),
  })
  .describe('Thresholds of a tuned rule set.');

const ruleFileSchema = z.strictObject({
  $schema: z.string().optional(),
  rules: rulesSchema.describe('At least one. Rules of equal type are alternatives for the same label.'),
  parsing_configuration: parsingConfigurationSchema.optional(),
  decision: decisionSchema.optional(),
});

/** A rule file: `{rules, parsing_configuration?, decision?}` or a bare list of rules. */
export interface RuleFile {
  readonly rules: readonly Rule[];
  readonly parsing: { readonly lang?: string; readonly maxPages?: number; readonly targetPages?: string };
  readonly decision: {
    readonly floor?: number | undefined;
    readonly margin?: number | undefined;
    readonly thresholds?: Readonly<Record<string, number>> | undefined;
  };
}

/**
 * Reads a rule file, YAML or JSON.
 * @throws DocketError `resource.file_not_found`, `request.invalid_rules` naming the place (line and key),
 *   `request.invalid_page_selection`
 */
export async function readRuleFile(path: string): Promise<RuleFile> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const message = `the rule file ${path} cannot be read; check the path`;
    throw new DocketError('resource.file_not_found', message, { cause: error });
  });
  return parseRuleFile(text, path);
}

/** Parses the text of a rule file. `name` is what errors call it. */
export function parseRuleFile(text: string, name = 'rules'): RuleFile {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const syntaxError = document.errors[0];
  if (syntaxError) throw invalid(name, syntaxError.message.split('\n')[0] ?? 'it is not valid YAML');
  const content = toPlainData(document, name);
  const result = ruleFileSchema.safeParse(Array.isArray(content) ? { rules: content } : content);
  if (!result.success) {
    const path = result.error.issues[0]?.path ?? [];
    const lookup = Array.isArray(content) ? path.slice(1) : path;
    throw invalid(name, describeIssues(result.error, ''), lineOf(document, lookup as (string | number)[], lineCounter));
  }
  const { rules, parsing_configuration: parsing, decision = {} } = result.data;
  const { lang, max_pages: maxPages, target_pages: targetPages } = parsing ?? {};
  PageSelection.parse({ targetPages, maxPages });
  const { floor, margin, thresholds } = decision;
  return {
    rules,
    parsing: { ...(lang ? { lang } : {}), ...(maxPages ? { maxPages } : {}), ...(targetPages ? { targetPages } : {}) },
    decision: { floor, margin, thresholds },
  };
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

function invalid(name: string, problem: string, line?: number): DocketError {
  const place = line === undefined ? name : `${name}, line ${line}`;
  return new DocketError('request.invalid_rules', `the rule file is invalid (${place}): ${problem}`, {
    data: { name, line },
  });
}
