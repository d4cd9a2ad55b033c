import { residentMemoryMb } from './resident-memory.js';

/** How often the memory of a process is looked at. */
const CHECK_MS = 100;

/** Looks at the resident memory of a process for as long as it lives, whether it works or not. */
export class MemoryWatch {
  /** At the last look, in MiB; 0 before the first and where it cannot be told. */
  residentMb = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(processId: number | undefined, onLook: (residentMb: number) => void) {
    this.timer = setInterval(() => {
      const seen = residentMemoryMb(processId);
      // One that is just ending has none, and what it had before tells why it ended.
      if (seen > 0) this.residentMb = seen;
      onLook(seen);
    }, CHECK_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
