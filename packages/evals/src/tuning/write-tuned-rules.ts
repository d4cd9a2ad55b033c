import { DocketError, type TunedFor } from '@docket/core';
import {
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Tuning } from './tuning.js';

/** What is written into a rule file. */
export interface TunedDecision {
  readonly tuning: Tuning;
  readonly tunedFor: TunedFor;
}

/**
 * The text of a rule file with another decision, or none. What else stands in it stays, comments of YAML too.
 * @param text A rule file that can be read: YAML or JSON, whole or a bare list
 * @throws DocketError `request.invalid_rules` when there is neither a list nor a map
 */
export function writeTunedRules(text: string, decision: TunedDecision | undefined): string {
  const content = decision && decisionOf(decision);
  const json = parseJson(text);
  if (json !== undefined) {
    const { decision: _replaced, ...rest } = Array.isArray(json) ? { rules: json } : (json as Record<string, unknown>);
    return `${JSON.stringify({ ...rest, ...(content ? { decision: content } : {}) }, null, 2)}\n`;
  }
  const { contents } = parseDocument(text);
  if (!isMap(contents) && !isSeq(contents))
    throw new DocketError('request.invalid_rules', 'the rule file holds no rules');
  // What is written as JSON with comments or without quotes is rare: its form is not kept.
  const own = contents.flow
    ? stringify(isSeq(contents) ? { rules: contents } : withoutDecision(contents))
    : keepText(text, contents);
  return content ? `${own.trimEnd()}\n\n${COMMENT}\n${stringify({ decision: content }, { lineWidth: 0 })}` : own;
}

const COMMENT = '# Written by docket bench tune. It holds for these rules and this engine only.';

/** What an earlier tuning left before its decision. */
const WRITTEN_BEFORE = new RegExp(`\\s*${COMMENT}\\s*$`);

/** The text of the file with its rules under a key and without its decision, otherwise byte for byte. */
function keepText(text: string, contents: YAMLMap | YAMLSeq): string {
  if (isSeq(contents)) {
    const [start = 0] = contents.range ?? [];
    const line = text.lastIndexOf('\n', start - 1) + 1;
    return `${text.slice(0, line)}rules:\n${text.slice(line)}`;
  }
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === 'decision') as
    | Pair<Scalar, Node>
    | undefined;
  if (!pair) return text;
  const start = pair.key.range?.[0] ?? 0;
  const end = pair.value?.range?.[1] ?? pair.key.range?.[1] ?? start;
  const line = text.indexOf('\n', end - 1);
  return text.slice(0, start).replace(WRITTEN_BEFORE, '') + (line < 0 ? '' : text.slice(line + 1));
}

function withoutDecision(contents: YAMLMap): YAMLMap {
  contents.delete('decision');
  return contents;
}

function decisionOf({ tuning, tunedFor }: TunedDecision): Record<string, unknown> {
  const { floor, margin, thresholds, calibration } = tuning;
  return {
    floor,
    margin,
    ...(thresholds ? { thresholds: { ...thresholds } } : {}),
    ...(calibration ? { calibration: { ...calibration } } : {}),
    rules: tunedFor.rules,
    engine: tunedFor.engine,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
