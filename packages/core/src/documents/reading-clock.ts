import { type Deadline, ocrDeadline, openDeadline, pagesDeadline, type TimeLimits, timedOut } from './deadlines.js';

/** Aborts a reading that is late: first until the document is open, then until its selected pages are read. */
export class ReadingClock implements Disposable {
  private readonly controller = new AbortController();
  private readonly started = performance.now();
  private timer: NodeJS.Timeout;
  private pages = 0;

  constructor(private readonly limits: TimeLimits) {
    this.timer = this.setTimer(openDeadline(limits));
  }

  /** Aborts with `document.timed_out`. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** The document is open. */
  opened(pages: number): void {
    this.pages = pages;
    clearTimeout(this.timer);
    this.timer = this.setTimer(pagesDeadline(this.limits, pages));
  }

  /** So many pages may be read by OCR, which takes longer. */
  recognising(ocrPages: number): void {
    clearTimeout(this.timer);
    this.timer = this.setTimer(ocrDeadline(this.limits, { pages: this.pages, ocrPages }));
  }

  [Symbol.dispose](): void {
    clearTimeout(this.timer);
  }

  private setTimer(deadline: Deadline): NodeJS.Timeout {
    const leftMs = Math.max(0, deadline.allowedMs - (performance.now() - this.started));
    return setTimeout(() => this.controller.abort(timedOut(deadline)), leftMs).unref();
  }
}
