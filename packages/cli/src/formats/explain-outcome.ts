import type { Evidence, Explanation, LabelExplanation } from '@docket/core';
import type { Outcome } from '../classification/outcome.js';
import { printable, wrapText } from '../terminal/text.js';
import type { FormatOptions } from './outcome-format.js';

/** Pieces of evidence that are shown of a label. */
const MOST_SHOWN = 12;

/** Writes the evidence behind an outcome for people; nothing when the document failed. */
export function explainOutcome(outcome: Outcome, { colours, width }: Pick<FormatOptions, 'colours' | 'width'>): string {
  if ('error' in outcome || !outcome.result.explanation) return '';
  const { explanation } = outcome.result;
  const indented = (text: string, indent: string) => {
    return wrapText(printable(text), width - indent.length).map((line) => `${indent}${line}`);
  };
  const lines = [
    colours.bold(printable(outcome.path)),
    ...indented(describeDocument(explanation), '  '),
    ...explanation.labels.flatMap((label) => [
      `  ${colours.cyan(printable(label.type))} ${label.confidence.toFixed(2)}${describeBasis(label)}`,
      ...label.evidence.slice(0, MOST_SHOWN).flatMap((one) => indented(describeEvidence(one), '    ')),
      ...label.layout.flatMap((look) => indented(`layout  ${look}`, '    ')),
    ]),
    ...describeBackground(explanation).flatMap((line, index) => indented(line, index === 0 ? '  ' : '    ')),
  ];
  return `${lines.join('\n')}\n\n`;
}

function describeDocument({ language, format, title, floor, margin, tuning }: Explanation): string {
  const source = tuning ? ` (${tuning.file})` : '';
  const thresholds = `a label needs ${floor.toFixed(2)} and a lead of ${margin.toFixed(2)}${source}`;
  return `language ${language}, format ${format}${title ? `, title "${title}"` : ''}; ${thresholds}`;
}

function describeBasis({ documentType, evidence, layout }: LabelExplanation): string {
  if (evidence.length === 0 && layout.length === 0) return ': nothing on the pages speaks for it';
  return documentType ? `, read as: ${printable(documentType)}` : ", by the rule's own words";
}

function describeEvidence(evidence: Evidence): string {
  const { page, quote } = evidence;
  // Scorers call a title that stands in the metadata page 0.
  const place = page === 0 ? 'title ' : `page ${page}`;
  return `${place}  "${quote}"  ${describeRole(evidence)}`;
}

function describeRole({ kind, documentType }: Evidence): string {
  if (kind === 'passage') return 'comes nearest in meaning';
  return documentType ? `marks: ${documentType}` : 'the rule asks for it';
}

function describeBackground({ background }: Explanation): string[] {
  if (!background) return [];
  const { documentType, evidence } = background;
  return [
    `no rule asks for it, but it also looks like: ${documentType}`,
    ...evidence.slice(0, MOST_SHOWN).map(describeEvidence),
  ];
}
