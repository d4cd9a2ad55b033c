import type { RunDocument } from '../../api/types.js';
import { ScrolledTable } from '../../common/scrolled-table.js';
import { words } from '../../i18n/language.js';
import { formatShare } from './format-share.js';

/** Documents that were answered wrong. */
export function MistakeTable({
  documents,
  total,
}: {
  readonly documents: readonly RunDocument[];
  readonly total: number;
}) {
  const { benchmarks: text, noType } = words();
  if (documents.length === 0) return <p class="muted">{text.noMistakes}</p>;
  return (
    <ScrolledTable name={text.mistakes}>
      <table class="table">
        <thead>
          <tr>
            {[text.document, text.expected, text.answered, text.confidence, text.why].map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {documents.map((one) => (
            <tr key={one.id}>
              <th scope="row" class="cell-id">
                {one.id}
              </th>
              <td>{one.expected ?? <em>{noType}</em>}</td>
              <td>{one.status === 'classified' ? (one.answered ?? <em>{noType}</em>) : ''}</td>
              <td class="number">{one.status === 'classified' ? formatShare(one.confidence) : ''}</td>
              <td class="cell-why" lang="en">
                {one.status === 'classified' ? one.reasoning : one.message}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > documents.length && <p class="muted">{text.more(total - documents.length)}</p>}
    </ScrolledTable>
  );
}
