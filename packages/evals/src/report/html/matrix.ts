import type { Metrics } from '../../metrics/metrics.js';
import { escapeHtml } from './escape-html.js';

const LEVELS = 4;

/** The confusion matrix as a heat map; each cell is a button that shows its documents. Labels that do not occur are left out. */
export function confusionMatrix({ labels, confusion }: Metrics): string {
  const shown = labels.flatMap(({ support, answered }, index) => (support + answered > 0 ? index : []));
  const nameOf = (index: number) => escapeHtml(labels[index]?.label ?? 'null');
  const head = shown.map((index) => `<th scope="col"><span>${nameOf(index)}</span></th>`).join('');
  const rows = shown.map((expected) => {
    const row = confusion[expected] ?? [];
    const support = Math.max(1, labels[expected]?.support ?? 0);
    const cells = shown.map((answered) => {
      const count = row[answered] ?? 0;
      if (count === 0) return '<td><span class="empty"></span></td>';
      const level = Math.max(1, Math.ceil((LEVELS * count) / support));
      const heat = `${expected === answered ? 'r' : 'w'}${level}`;
      const name = `${count} ${nameOf(expected)} answered ${nameOf(answered)}`;
      return `<td><button type="button" class="${heat}" aria-pressed="false" aria-label="${name}" title="${name}" data-expected="${nameOf(expected)}" data-answered="${nameOf(answered)}">${count}</button></td>`;
    });
    return `<tr><th scope="row">${nameOf(expected)}</th>${cells.join('')}</tr>`;
  });
  return `<p class="soft">Right answers down, given answers across. A click on a cell shows its documents.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Confusion matrix"><table class="matrix">
<thead><tr><td></td>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}
