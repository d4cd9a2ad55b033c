import { announce } from '../../common/announce.js';
import { words } from '../../i18n/language.js';
import type { JobChange, JobList } from './job-list.js';
import { hasEnded, type JobRow, nameOfJob } from './job-row.js';

/** A full queue must not talk without end. */
const PAUSE_MS = 4000;

/** Has jobs that came or ended said together, not more than every few seconds; what happens in between is said after the pause. */
export class ChangeSayer {
  private readonly ended = new Map<string, JobRow>();
  private readonly arrived = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly say: (text: string) => void,
    private readonly pauseMs = PAUSE_MS,
  ) {}

  /** Takes up what happened to a list. */
  take(changes: readonly JobChange[], before: JobList, after: JobList): void {
    const known = new Map(before.rows.map((row) => [row.id, row]));
    const shown = new Set(after.rows.map(({ id }) => id));
    for (const change of changes) {
      if (change.kind !== 'job') continue;
      const { row } = change;
      const earlier = known.get(row.id);
      // Jobs that are not listed, now or before, are not spoken of.
      if (!earlier && !shown.has(row.id)) continue;
      if (!earlier) this.arrived.add(row.id);
      if (hasEnded(row) && !(earlier && hasEnded(earlier))) {
        this.ended.set(row.id, { ...row, fileName: row.fileName ?? earlier?.fileName ?? null });
      }
    }
    if (this.timer === undefined) this.speak();
  }

  private speak(): void {
    this.timer = undefined;
    if (this.ended.size + this.arrived.size === 0) return;
    this.say(this.sentence());
    this.ended.clear();
    this.arrived.clear();
    this.timer = setTimeout(() => this.speak(), this.pauseMs);
  }

  private sentence(): string {
    const { jobs: text } = words();
    const [only] = this.ended.values();
    const parts: string[] = [];
    if (only && this.ended.size === 1) parts.push(text.ended(nameOfJob(only), text.statuses[only.status]));
    else if (only) parts.push(text.endedMany(this.ended.size));
    if (this.arrived.size > 0) parts.push(text.arrived(this.arrived.size));
    return parts.join('. ');
  }
}

const sayer = new ChangeSayer(announce);

/** Has a screen reader say that jobs came or ended. */
export function sayChanges(changes: readonly JobChange[], before: JobList, after: JobList): void {
  sayer.take(changes, before, after);
}
