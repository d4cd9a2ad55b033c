import type { IncomingMessage } from 'node:http';
import type { MiddlewareHandler } from 'hono';
import type { DocketEnvironment } from './app-environment.js';

/** Bounds of what is still read, and thrown away, so that a client that is busy sending gets to read its answer. */
const MOST_DRAINED_BYTES = 64 * 1024 * 1024;
const LONGEST_DRAIN_MS = 2000;

/**
 * Answers requests whose body was not read to its end: at once, with `connection: close`. The connection is then held
 * open for a moment, for a client that is cut off while it sends would see a broken connection instead of the answer.
 * Answers that tell their length may be long and go on as they come; all others are small and made already.
 */
export const answerEarly: MiddlewareHandler<DocketEnvironment> = async (context, next) => {
  await next();
  const { incoming } = context.env;
  const { status, headers } = context.res;
  const isAnsweredEarly = headers.get('connection') === 'close';
  if (!incoming || incoming.complete || incoming.destroyed || isAnsweredEarly) return;
  const early = new Headers(headers);
  early.set('connection', 'close');
  let answer: AsyncIterable<Uint8Array> | readonly Uint8Array[] = context.res.body ?? [];
  if (!headers.has('content-length')) {
    const bytes = new Uint8Array(await context.res.arrayBuffer());
    early.set('content-length', String(bytes.length));
    answer = [bytes];
  }
  const body = ReadableStream.from(thenDrain(answer, incoming));
  context.res = undefined;
  context.res = new Response(body, { status, headers: early });
};

async function* thenDrain(answer: AsyncIterable<Uint8Array> | readonly Uint8Array[], incoming: IncomingMessage) {
  yield* answer;
  await drain(incoming);
}

/** Reads and forgets: until the body or the connection ends, or a bound is met. */
function drain(incoming: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let drainedBytes = 0;
    const end = () => {
      clearTimeout(timer);
      incoming.off('data', count).off('end', end).off('close', end);
      incoming.pause();
      resolve();
    };
    const count = (chunk: Uint8Array) => {
      drainedBytes += chunk.length;
      if (drainedBytes > MOST_DRAINED_BYTES) end();
    };
    const timer = setTimeout(end, LONGEST_DRAIN_MS);
    timer.unref();
    incoming.on('error', () => {});
    incoming.on('data', count).on('end', end).on('close', end);
    incoming.resume();
  });
}
