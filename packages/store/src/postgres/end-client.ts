import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';

/** How long a connection has to end in order. One that was cut never answers. */
const END_MS = 1_000;

/** Ends a connection, with violence where it must be. Never rejects. */
export async function endClient(client: pg.Client): Promise<void> {
  const over = new AbortController();
  const tooLong = delay(END_MS, undefined, { ref: false, signal: over.signal }).catch(() => {});
  await Promise.race([client.end().catch(() => {}), tooLong]);
  over.abort();
  breakConnection(client);
}

/** Breaks a connection at once: what is under way on it fails. */
export function breakConnection(client: pg.ClientBase): void {
  (client as unknown as { readonly connection: { readonly stream: Socket } }).connection.stream.destroy();
}
