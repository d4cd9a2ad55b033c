import type { ServerState } from '../../api/types.js';
import { formatBytes, formatInstant } from '../../common/format.js';
import { language, words } from '../../i18n/language.js';
import { FactList, FactsCard } from './facts-card.js';

/** The server itself and the machine that it runs on. */
export function MachineCard({ state }: { readonly state: ServerState }) {
  const { state: text } = words();
  const bytes = (value: number | null) => (value === null ? '?' : formatBytes(value, language.value));
  return (
    <FactsCard title={text.server}>
      <FactList
        facts={[
          [text.version, `Docket ${state.docket}, Node ${state.node}`],
          [text.machine, state.machine],
          [text.startedAt, formatInstant(state.started_at, language.value)],
          [text.database, state.database.kind],
          [text.disk, text.freeOf(bytes(state.disk.free_bytes), bytes(state.disk.min_free_bytes))],
          [text.streams, String(state.event_streams)],
        ]}
      />
    </FactsCard>
  );
}
