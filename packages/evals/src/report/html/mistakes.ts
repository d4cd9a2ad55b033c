import type { ClassifiedResult, DocumentResult, LabelEvidence } from '../../results/document-result.js';
import { escapeHtml } from './escape-html.js';

const MOST_MISTAKES = 20;

/** The wrong answers that were the surest, with what spoke for both labels. */
export function worstMistakes(results: readonly DocumentResult[]): string {
  const wrong = results.filter((result): result is ClassifiedResult => {
    return result.status === 'classified' && result.answered !== result.expected;
  });
  if (wrong.length === 0) return '<p>There is none.</p>';
  // A wrong null is as bad as the label that it rejected was sure.
  const shown = [...wrong].sort((one, other) => other.confidence - one.confidence).slice(0, MOST_MISTAKES);
  const rest = wrong.length > shown.length ? `<p class="soft">And ${wrong.length - shown.length} more below.</p>` : '';
  return shown.map(mistake).join('\n') + rest;
}

function mistake({ id, expected, answered, confidence, reasoning, evidence }: ClassifiedResult): string {
  const sides = evidence.map(side).join('');
  return `<details><summary><span class="wrong">${escapeHtml(answered ?? 'null')} ${confidence.toFixed(3)}</span>, right is <strong>${escapeHtml(expected ?? 'null')}</strong>: ${escapeHtml(id)}</summary>
<p>${escapeHtml(reasoning)}</p><div class="sides">${sides}</div></details>`;
}

function side({ type, confidence, documentType, layout, evidence }: LabelEvidence): string {
  const quotes = evidence.map(({ page, quote }) => `<li><q>${escapeHtml(quote)}</q> (page ${page})</li>`);
  const looks = layout.length > 0 ? [`<li>layout: ${escapeHtml(layout.join(', '))}</li>`] : [];
  const name = documentType ? `${type} (${documentType})` : type;
  const list = [...quotes, ...looks];
  const found = list.length > 0 ? `<ul>${list.join('')}</ul>` : '<p>nothing</p>';
  return `<div><h3>For ${escapeHtml(name)}: ${confidence.toFixed(3)}</h3>${found}</div>`;
}
