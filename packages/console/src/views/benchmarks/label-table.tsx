import type { RunSummary } from '../../api/types.js';
import { ScrolledTable } from '../../common/scrolled-table.js';
import { words } from '../../i18n/language.js';
import { formatNumber } from './format-share.js';

/** How each type fared. */
export function LabelTable({ labels }: { readonly labels: RunSummary['metrics']['labels'] }) {
  const { benchmarks: text, noType } = words();
  return (
    <ScrolledTable name={text.labels}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{text.label}</th>
            <th scope="col" class="cell-number">
              {text.support}
            </th>
            <th scope="col" class="cell-number">
              {text.precision}
            </th>
            <th scope="col" class="cell-number">
              {text.recall}
            </th>
            <th scope="col" class="cell-number">
              {text.f1}
            </th>
          </tr>
        </thead>
        <tbody>
          {labels.map(({ label, support, precision, recall, f1 }) => (
            <tr key={label}>
              <th scope="row">{label ?? <em>{noType}</em>}</th>
              <td class="cell-number">{support ?? '–'}</td>
              <td class="cell-number">{formatNumber(precision, 2)}</td>
              <td class="cell-number">{formatNumber(recall, 2)}</td>
              <td class="cell-number">{formatNumber(f1, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrolledTable>
  );
}
