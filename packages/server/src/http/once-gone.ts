import { setMaxListeners } from 'node:events';
import type { DocketEnvironment } from './app-environment.js';

/**
 * Tells once that an answer ended or that nobody waits for it any more. The connection is watched itself: an answer that waits
 * behind another one of the same connection has none yet, and never hears that it closed.
 * @returns Stops watching
 */
export function onceGone({ incoming, outgoing }: DocketEnvironment['Bindings'], tell: () => void): () => void {
  const socket = incoming?.socket;
  const forget = () => {
    outgoing?.off('close', gone);
    socket?.off('close', gone);
  };
  const gone = () => {
    forget();
    tell();
  };
  outgoing?.once('close', gone);
  // Any number of requests may have come over it.
  if (socket) setMaxListeners(0, socket);
  socket?.once('close', gone);
  if (socket?.destroyed) gone();
  return forget;
}
