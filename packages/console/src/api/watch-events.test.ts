import { expect, test } from 'vitest';
import { ApiError } from './api-error.js';
import { type WatchState, watchEvents } from './watch-events.js';

/** A server that answers each stream with the next of these texts, or refuses. */
function fakeServer(answers: readonly (string | Error)[]) {
  const asked: (string | null)[] = [];
  const fetchPath = async (_path: string, { headers }: RequestInit = {}) => {
    asked.push(new Headers(headers).get('last-event-id'));
    const answer = answers[asked.length - 1];
    if (answer === undefined || answer instanceof Error) throw answer ?? new ApiError(0, undefined, undefined);
    const bytes = new TextEncoder().encode(answer);
    // Byte by byte, so that lines and characters come in pieces.
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    return new Response(stream);
  };
  return { asked, fetchPath };
}

test('goes on with the last id after a stream broke off, and waits longer after each failure', async () => {
  const refused = new ApiError(503, undefined, undefined);
  const { asked, fetchPath } = fakeServer([
    'event: job\nid: s-1\ndata: {"ü":\ndata: 1}\n\n: heartbeat\n\n',
    refused,
    refused,
    'id: s-2\ndata: x\n\nid: s-3\ndata: not whole',
    'data: last\n\n',
  ]);
  const controller = new AbortController();
  const events: string[] = [];
  const states: WatchState[] = [];
  const pauses: number[] = [];
  await watchEvents({
    path: '/api/local/events',
    signal: controller.signal,
    fetchPath,
    pauseMs: (failures) => {
      pauses.push(failures);
      return 0;
    },
    onState: (state) => states.push(state),
    onEvent: ({ event = '', id = '', data }) => {
      events.push(`${event}|${id}|${data}`);
      if (data === 'last') controller.abort();
    },
  });
  expect(events).toEqual(['job|s-1|{"ü":\n1}', '|s-2|x', '||last']);
  expect(asked).toEqual([null, 's-1', 's-1', 's-1', 's-2']);
  expect(pauses).toEqual([1, 2, 3, 1]);
  expect(states.slice(0, 4)).toEqual(['connecting', 'live', 'broken', 'broken']);
});
