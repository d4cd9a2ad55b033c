import { DocketError } from '@docket/core';
import type { JobChange, Store } from '@docket/store';
import type { Logger } from 'pino';
import { EventHistory, type NumberedEvent } from './event-history.js';
import { EventStream, formatEvent, MOST_WAITING_BYTES } from './event-stream.js';
import { type JobEvent, readJobEvents, type ToldChange } from './job-event.js';

/** What {@link JobEvents} works with. */
export interface JobEventsOptions {
  readonly store: Pick<Store, 'changes' | 'jobs' | 'files'>;
  readonly logger: Pick<Logger, 'error'>;
  /** Streams at once. @default 100 */
  readonly mostStreams?: number;
  /** Events that are kept for readers that come back. @default 2,000 */
  readonly mostEvents?: number;
  /** Bytes that may wait for one reader. @default 1 MiB */
  readonly mostWaitingBytes?: number;
  /** @default 15 seconds */
  readonly heartbeatMs?: number;
  /** How long changes are still kept for the last reader that went. @default 1 minute */
  readonly lingerMs?: number;
}

/** Who reads a stream. */
export interface EventReader {
  readonly projectId: string;
  /** Of the last event that it had of a former stream. */
  readonly lastEventId?: string | undefined;
  /** Breaks its connection: it does not keep up. */
  readonly breakOff: () => void;
}

/** Changes of one job within this time become one event. */
const GATHERING_MS = 50;

/** Jobs that may have changed within it, before they are not told one by one any more. */
const MOST_GATHERED = 5000;

const HEARTBEAT_MS = 15_000;
const LINGER_MS = 60_000;

/**
 * What happens to jobs, for those who watch: every change of the store, gathered for a moment, looked up and sent. While nobody
 * watches, it does not listen.
 */
export class JobEvents {
  private readonly streams = new Set<EventStream>();
  private history: EventHistory<JobEvent>;
  private unsubscribe: (() => void) | undefined;
  /** The last thing that happened to each job, in the order in which they began to change. */
  private readonly gathered = new Map<string, ToldChange>();
  private gatheringTimer: NodeJS.Timeout | undefined;
  private heartbeatTimer: NodeJS.Timeout | undefined;
  private lingerTimer: NodeJS.Timeout | undefined;
  private isFlushing = false;
  /** What was looked up before one of them is not told after it. */
  private resets = 0;
  private isClosed = false;

  constructor(private readonly options: JobEventsOptions) {
    this.history = this.newHistory();
  }

  /**
   * Opens a stream of what happens to the jobs of a project from now on, or from where a former stream broke off.
   * @throws DocketError `capacity.too_many_requests`
   */
  open({ projectId, lastEventId, breakOff }: EventReader): EventStream {
    const { mostStreams = 100, mostWaitingBytes } = this.options;
    if (this.isClosed || this.streams.size >= mostStreams) throw tooManyStreams(this.streams.size);
    this.listen();
    const onEnd = (ended: EventStream) => this.leave(ended);
    const stream = new EventStream({ projectId, onEnd, breakOff, mostWaitingBytes });
    this.streams.add(stream);
    this.welcome(stream, lastEventId);
    return stream;
  }

  /** Streams that are open. */
  get watching(): number {
    return this.streams.size;
  }

  /** Ends all streams. */
  close(): void {
    this.isClosed = true;
    for (const stream of this.streams) stream.end();
    this.rest();
  }

  private welcome(stream: EventStream, lastEventId: string | undefined): void {
    const missed = lastEventId === undefined ? [] : this.history.after(lastEventId);
    const replay = missed?.map((event) => textFor(stream, event)).join('');
    const { mostWaitingBytes = MOST_WAITING_BYTES } = this.options;
    // What comes meanwhile needs room as well: a reader that is dropped would come back with the same id.
    const isFit = replay !== undefined && Buffer.byteLength(replay) <= mostWaitingBytes / 2;
    stream.send(isFit ? replay : formatEvent('reset', this.history.newestId, {}));
    stream.send(formatEvent('ready', this.history.newestId, {}));
  }

  private listen(): void {
    clearTimeout(this.lingerTimer);
    const { store, heartbeatMs = HEARTBEAT_MS } = this.options;
    this.unsubscribe ??= store.changes.subscribe((change) => this.note(change));
    this.heartbeatTimer ??= setInterval(() => {
      for (const stream of this.streams) stream.send(': heartbeat\n\n');
    }, heartbeatMs).unref();
  }

  private leave(stream: EventStream): void {
    this.streams.delete(stream);
    if (this.streams.size > 0 || this.isClosed) return;
    this.lingerTimer = setTimeout(() => this.rest(), this.options.lingerMs ?? LINGER_MS).unref();
  }

  /** Listens no more; ids of before lead nowhere after that. */
  private rest(): void {
    this.unsubscribe?.();
    this.unsubscribe = undefined;
    clearInterval(this.heartbeatTimer);
    this.heartbeatTimer = undefined;
    clearTimeout(this.lingerTimer);
    clearTimeout(this.gatheringTimer);
    this.gatheringTimer = undefined;
    this.gathered.clear();
    this.resets++;
    this.history = this.newHistory();
  }

  private newHistory(): EventHistory<JobEvent> {
    return new EventHistory(this.options.mostEvents ?? 2000);
  }

  private note(change: JobChange): void {
    if (change.kind !== 'untold') this.gathered.set(change.jobId, change);
    if (change.kind === 'untold' || this.gathered.size > MOST_GATHERED) this.reset();
    else this.gather();
  }

  private gather(): void {
    this.gatheringTimer ??= setTimeout(() => void this.flush(), GATHERING_MS).unref();
  }

  private async flush(): Promise<void> {
    this.gatheringTimer = undefined;
    if (this.isFlushing) return;
    this.isFlushing = true;
    const changes = [...this.gathered.values()];
    this.gathered.clear();
    const { resets } = this;
    try {
      for await (const event of readJobEvents(this.options.store, changes)) {
        if (this.resets !== resets) break;
        this.publish(event);
      }
    } catch (err) {
      this.options.logger.error({ err }, 'changes of jobs could not be told');
      this.reset();
    } finally {
      this.isFlushing = false;
      if (this.gathered.size > 0) this.gather();
    }
  }

  /** Readers ask for their list again. */
  private reset(): void {
    this.gathered.clear();
    this.resets++;
    this.publish({ name: 'reset', projectId: undefined, data: {} });
  }

  private publish(event: JobEvent): void {
    if (!this.unsubscribe) return;
    const numbered = this.history.add(event);
    for (const stream of this.streams) stream.send(textFor(stream, numbered));
  }
}

/** What a stream says of an event; empty when that is of another project. */
function textFor(stream: EventStream, { id, event }: NumberedEvent<JobEvent>): string {
  const isOthers = event.projectId !== undefined && event.projectId !== stream.projectId;
  return isOthers ? '' : formatEvent(event.name, id, event.data);
}

function tooManyStreams(streams: number): DocketError {
  const message = `Too many streams of events are open (${streams}); close some, or try again later`;
  return new DocketError('capacity.too_many_requests', message, { data: { streams } });
}
