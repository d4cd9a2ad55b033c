import { SingleBar } from 'cli-progress';
import type { OutputStream } from '../shell.js';

/** Shows how far a run is. */
export interface Progress {
  /** One more is done. */
  advance(): void;
  /** Takes the bar away. */
  stop(): void;
}

/** Shows nothing. */
export const NO_PROGRESS: Progress = { advance: () => {}, stop: () => {} };

/** A bar with count, rate and time left on a terminal; nothing elsewhere. */
export function startProgress(stream: OutputStream, total: number): Progress {
  if (stream.isTTY !== true || total === 0) return NO_PROGRESS;
  const bar = new SingleBar({
    stream,
    format: '{bar} {value}/{total} documents, {rate} documents/s, {left} left',
    clearOnComplete: true,
    hideCursor: true,
    barsize: 30,
    barCompleteChar: '\u2588',
    barIncompleteChar: '\u2591',
  });
  const started = performance.now();
  let done = 0;
  bar.start(total, 0, { rate: '?', left: '?' });
  const advance = () => {
    done++;
    const elapsedMs = performance.now() - started;
    const leftMs = (elapsedMs / done) * (total - done);
    bar.increment(1, { rate: formatRate(done, elapsedMs), left: formatDuration(leftMs) });
  };
  return { advance, stop: () => bar.stop() };
}

/** `45 s`, `3 min 20 s`, `2 h 5 min` */
export function formatDuration(durationMs: number): string {
  const seconds = Math.ceil(durationMs / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** Documents a second, with one decimal under 100. */
export function formatRate(count: number, elapsedMs: number): string {
  const rate = (count * 1000) / Math.max(elapsedMs, 1);
  return rate < 100 ? rate.toFixed(1) : rate.toFixed(0);
}
