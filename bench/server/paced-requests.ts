import { setTimeout as delay } from 'node:timers/promises';

/** What came of requests at a fixed pace. */
export interface PacedRequests {
  /** Of each request, from when it was sent. */
  readonly latenciesMs: readonly number[];
  /** By how much the client's own timers were late: what the machine alone does to a process that waits. */
  readonly lateMs: readonly number[];
}

/**
 * Sends requests at a fixed pace, whether or not earlier ones are answered: a server that stands still is seen by all
 * that should have been answered meanwhile.
 */
export async function sendPaced(
  count: number,
  intervalMs: number,
  send: (index: number) => Promise<unknown>,
): Promise<PacedRequests> {
  const latenciesMs: number[] = [];
  const lateMs: number[] = [];
  const underWay: Promise<void>[] = [];
  const started = performance.now();
  const sendTimed = async (index: number) => {
    const sent = performance.now();
    await send(index);
    latenciesMs.push(performance.now() - sent);
  };
  for (let index = 0; index < count; index++) {
    const due = started + index * intervalMs;
    await delay(Math.max(0, due - performance.now()));
    lateMs.push(Math.max(0, performance.now() - due));
    const request = sendTimed(index);
    // A failure is reported below, not while others are still sent.
    request.catch(() => {});
    underWay.push(request);
  }
  await Promise.all(underWay);
  return { latenciesMs, lateMs };
}
