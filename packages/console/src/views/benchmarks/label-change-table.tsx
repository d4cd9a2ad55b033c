import type { RunComparison } from '../../api/types.js';
import { formatPoints } from '../../common/format.js';
import { ScrolledTable } from '../../common/scrolled-table.js';
import { language, words } from '../../i18n/language.js';
import { formatNumber } from './format-share.js';

/** How each type fared before and after. */
export function LabelChangeTable({ labels }: { readonly labels: RunComparison['labels'] }) {
  const { benchmarks: text, noType } = words();
  return (
    <ScrolledTable name={text.labels}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{text.label}</th>
            <th scope="col" class="cell-number">
              {text.f1} ({text.before})
            </th>
            <th scope="col" class="cell-number">
              {text.f1} ({text.after})
            </th>
            <th scope="col" class="cell-number">
              {text.difference}
            </th>
          </tr>
        </thead>
        <tbody>
          {labels.map(({ label, before, after }) => (
            <tr key={label}>
              <th scope="row">{label ?? <em>{noType}</em>}</th>
              <td class="cell-number">{formatNumber(before?.f1, 2)}</td>
              <td class="cell-number">{formatNumber(after?.f1, 2)}</td>
              <td class="cell-number">{differenceOf(before?.f1, after?.f1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrolledTable>
  );
}

function differenceOf(before: number | null | undefined, after: number | null | undefined): string {
  if (typeof before !== 'number' || typeof after !== 'number') return '–';
  return formatPoints(after - before, language.value, 1);
}
