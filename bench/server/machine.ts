import { availableParallelism } from 'node:os';

/** Documents at once, on both sides: one for each processor. */
export const CONCURRENCY = availableParallelism();

/** Requests on their way at once where many are sent as fast as it goes. */
export const REQUESTS_AT_ONCE = 4;

/** What a report says of the machine. */
export const MACHINE = `${CONCURRENCY} processors, Node ${process.versions.node}`;

/** Says how far it is, beside the report. */
export function showProgress(line: string): void {
  console.error(line);
}
