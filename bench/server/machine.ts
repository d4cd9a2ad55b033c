import { availableParallelism, cpus, totalmem } from 'node:os';

/** Documents at once, on both sides: one for each processor. */
export const CONCURRENCY = availableParallelism();

/** Requests on their way at once where many are sent as fast as it goes. */
export const REQUESTS_AT_ONCE = 4;

/** What a report says of the machine: what matters alone, so that reports can be shared. */
export const MACHINE = `${CONCURRENCY} processors (${cpus()[0]?.model.trim() ?? 'of unknown kind'}), ${(totalmem() / 1e9).toFixed(0)} GB of memory, Node ${process.versions.node}`;

/** Says how far it is, beside the report. */
export function showProgress(line: string): void {
  console.error(line);
}
