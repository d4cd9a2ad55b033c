import { announce } from '../../common/announce.js';
import { words } from '../../i18n/language.js';
import type { JobChange, JobList } from './job-list.js';
import { hasEnded, nameOfJob } from './job-row.js';

/** A full queue must not talk without end. */
const PAUSE_MS = 4000;

let lastSaid = 0;

/** Has a screen reader say that jobs came or ended; not more than every few seconds. */
export function sayChanges(changes: readonly JobChange[], before: JobList): void {
  const now = Date.now();
  if (now - lastSaid < PAUSE_MS) return;
  const { jobs: text } = words();
  const known = new Map(before.rows.map((row) => [row.id, row]));
  const rows = changes.flatMap((change) => (change.kind === 'job' ? [change.row] : []));
  const ended = rows.filter((row) => {
    const earlier = known.get(row.id);
    return hasEnded(row) && earlier !== undefined && !hasEnded(earlier);
  });
  const arrived = rows.filter(({ id }) => !known.has(id));
  const [only] = ended;
  if (only && ended.length === 1) announce(text.ended(nameOfJob(only), text.statuses[only.status]));
  else if (arrived.length > 0) announce(text.arrived(arrived.length));
  else return;
  lastSaid = now;
}
