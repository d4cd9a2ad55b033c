import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { fetchPath } from './fetch-here.js';

/** Whether events arrive. */
export type WatchState = 'connecting' | 'live' | 'broken';

/** What {@link watchEvents} is given. */
export interface WatchOptions {
  readonly path: string;
  readonly signal: AbortSignal;
  readonly onEvent: (event: EventSourceMessage) => void;
  readonly onState: (state: WatchState) => void;
  /** @default the server that this page came from */
  readonly fetchPath?: typeof fetchPath;
  /** Milliseconds until the next attempt, by how many failed one after the other. */
  readonly pauseMs?: (failures: number) => number;
}

/** The server gives a sign of life every 15 seconds; a stream that is silent for longer than this is dead. */
const LONGEST_SILENCE_MS = 45_000;

/**
 * Reads server-sent events with `fetch`, so that the key is in a header and never in an address. Goes on where it was when
 * the stream breaks off, until it is told to end.
 */
export async function watchEvents(options: WatchOptions): Promise<void> {
  const { signal, onState, pauseMs = usualPauseMs } = options;
  let lastId: string | undefined;
  let failures = 0;
  while (!signal.aborted) {
    onState(failures === 0 ? 'connecting' : 'broken');
    try {
      await readStream(options, lastId, (event) => {
        lastId = event.id ?? lastId;
        failures = 0;
        options.onEvent(event);
      });
    } catch {
      // Whatever it was, the next attempt comes after a while.
    }
    failures++;
    if (signal.aborted) return;
    onState('broken');
    await pause(pauseMs(failures), signal);
  }
}

async function readStream(
  { path, signal, onState, fetchPath: fetchStream = fetchPath }: WatchOptions,
  lastId: string | undefined,
  onEvent: (event: EventSourceMessage) => void,
): Promise<void> {
  // Not `AbortSignal.any`, which older browsers lack.
  const either = new AbortController();
  const abort = () => either.abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    await readUntilSilence({ path, onState, fetchStream }, lastId, either, onEvent);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

async function readUntilSilence(
  { path, onState, fetchStream }: Pick<WatchOptions, 'path' | 'onState'> & { readonly fetchStream: typeof fetchPath },
  lastId: string | undefined,
  ended: AbortController,
  onEvent: (event: EventSourceMessage) => void,
): Promise<void> {
  const headers = { accept: 'text/event-stream', ...(lastId !== undefined && { 'last-event-id': lastId }) };
  const { body } = await fetchStream(path, { headers, signal: ended.signal, cache: 'no-store' });
  if (!body) return;
  onState('live');
  const parser = createParser({ onEvent });
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let timer = setTimeout(() => ended.abort(), LONGEST_SILENCE_MS);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(() => ended.abort(), LONGEST_SILENCE_MS);
      parser.feed(value);
    }
  } finally {
    clearTimeout(timer);
    reader.cancel().catch(() => {});
  }
}

function usualPauseMs(failures: number): number {
  return Math.min(500 * 2 ** (failures - 1), 15_000);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
