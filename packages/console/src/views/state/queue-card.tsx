import type { ServerState } from '../../api/types.js';
import { formatCount, formatDuration, formatInstant } from '../../common/format.js';
import { language, words } from '../../i18n/language.js';
import { FactList, FactsCard } from './facts-card.js';

/** What waits, what is worked on, and by how many. */
export function QueueCard({ state: { queue, workers } }: { readonly state: ServerState }) {
  const { state: text, jobs } = words();
  const count = (value: number) => formatCount(value, language.value);
  const share = Math.min(queue.pending / Math.max(queue.max_pending, 1), 1);
  return (
    <FactsCard title={text.queue}>
      <div class="fill" aria-hidden="true">
        <span class="fill-share" style={{ width: `${share * 100}%` }} />
      </div>
      <FactList
        facts={[
          [text.pending, `${count(queue.pending)} / ${count(queue.max_pending)}`],
          [text.running, count(queue.running)],
          [jobs.statuses.COMPLETED, count(queue.completed)],
          [jobs.statuses.FAILED, count(queue.failed)],
          [jobs.statuses.CANCELLED, count(queue.cancelled)],
          [text.oldest, queue.oldest_pending_at && describeOldest(queue.oldest_pending_at)],
          [
            text.rate,
            text.perSecond(
              new Intl.NumberFormat(language.value, { maximumFractionDigits: 1 }).format(queue.jobs_per_second),
            ),
          ],
          [text.workers, text.processes(workers.processes)],
          [text.restarts, count(workers.restarts)],
        ]}
      />
    </FactsCard>
  );
}

function describeOldest(instant: string): string {
  const waited = formatDuration(Math.max(Date.now() - Date.parse(instant), 0), language.value);
  return `${waited} (${formatInstant(instant, language.value)})`;
}
