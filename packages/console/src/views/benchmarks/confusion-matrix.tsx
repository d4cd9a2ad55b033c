import { ScrolledTable } from '../../common/scrolled-table.js';
import { words } from '../../i18n/language.js';

/** How often each type was answered with each. */
export function ConfusionMatrix({
  labels,
  counts,
}: {
  readonly labels: readonly (string | null)[];
  readonly counts: readonly (readonly number[])[];
}) {
  const { benchmarks: text, noType } = words();
  return (
    <ScrolledTable name={text.confusion}>
      <table class="matrix">
        <thead>
          <tr>
            <td />
            {labels.map((label) => (
              <th key={label} scope="col" class="matrix-head">
                <span>{label ?? noType}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((label, row) => (
            <tr key={label}>
              <th scope="row" class="matrix-label">
                {label ?? noType}
              </th>
              {labels.map((answered, column) => (
                <Cell
                  key={answered}
                  count={counts[row]?.[column] ?? 0}
                  of={sumOf(counts[row])}
                  isRight={row === column}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrolledTable>
  );
}

/** Its colour is never so strong that the number on it would be hard to read, in the dark too. */
function Cell({ count, of, isRight }: { readonly count: number; readonly of: number; readonly isRight: boolean }) {
  if (count === 0) return <td class="matrix-cell matrix-none">·</td>;
  const share = `${Math.round((count / of) * 30) + 10}%`;
  const colour = isRight ? 'var(--good)' : 'var(--bad)';
  return (
    <td class="matrix-cell" style={{ background: `color-mix(in srgb, ${colour} ${share}, var(--surface))` }}>
      {count}
    </td>
  );
}

function sumOf(numbers: readonly number[] = []): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
