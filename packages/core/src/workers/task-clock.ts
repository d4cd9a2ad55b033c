import {
  type Deadline,
  ocrDeadline,
  openDeadline,
  pagesDeadline,
  type TimeLimits,
  timedOut,
} from '../documents/deadlines.js';
import { startTimedOut } from './worker-errors.js';

/** What a {@link TaskClock} goes by. */
export interface TaskClockOptions {
  readonly limits: TimeLimits;
  /** Until engine and rules are ready, in milliseconds. */
  readonly startMs: number;
  /** Time that a model adds, in milliseconds. */
  readonly modelMs: number;
}

/** A reader that can stop by itself says so within this, and its process need not be ended. */
const GRACE_MS = 500;

/** Keeps the time of the document that a process is at work on: until it is begun, until it is open, until it is done. */
export class TaskClock {
  private timer: NodeJS.Timeout;
  private readingSince = 0;
  private pages = 0;

  /** @param onLate Called once, with the error for the document */
  constructor(
    private readonly options: TaskClockOptions,
    private readonly onLate: (error: unknown) => void,
  ) {
    const { startMs } = options;
    this.timer = setTimeout(() => onLate(startTimedOut(startMs)), startMs);
  }

  /** Engine and rules are ready. */
  reading(): void {
    this.readingSince = performance.now();
    this.keep(openDeadline(this.options.limits));
  }

  /** The document is open. */
  opened(pages: number): void {
    const { limits, modelMs } = this.options;
    this.pages = pages;
    this.keep(pagesDeadline(limits, pages, modelMs));
  }

  /** So many pages may be read by OCR. */
  recognising(ocrPages: number): void {
    const { limits, modelMs } = this.options;
    this.keep(ocrDeadline(limits, { pages: this.pages, ocrPages, extraMs: modelMs }));
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private keep(deadline: Deadline): void {
    clearTimeout(this.timer);
    const leftMs = deadline.allowedMs + GRACE_MS - (performance.now() - this.readingSince);
    this.timer = setTimeout(() => this.onLate(timedOut(deadline)), leftMs);
  }
}
