import type { RunDocument } from '../../api/types.js';
import { ScrolledTable } from '../../common/scrolled-table.js';
import { words } from '../../i18n/language.js';

/** Documents that could not be classified. */
export function FailureTable({
  documents,
  total,
}: {
  readonly documents: readonly RunDocument[];
  readonly total: number;
}) {
  const { benchmarks: text } = words();
  return (
    <ScrolledTable name={text.failures}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{text.document}</th>
            <th scope="col">{text.why}</th>
          </tr>
        </thead>
        <tbody>
          {documents.flatMap((one) =>
            one.status === 'failed' ? (
              <tr key={one.id}>
                <th scope="row" class="cell-id">
                  {one.id}
                </th>
                <td class="cell-why" lang="en">
                  <span class="mono">{one.code}</span>: {one.message}
                </td>
              </tr>
            ) : (
              []
            ),
          )}
        </tbody>
      </table>
      {total > documents.length && <p class="muted">{text.more(total - documents.length)}</p>}
    </ScrolledTable>
  );
}
