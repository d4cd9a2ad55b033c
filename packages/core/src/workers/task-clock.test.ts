import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_LIMITS } from '../documents/limits.js';
import { TaskClock } from './task-clock.js';

/** What a reader that can stop by itself is given more. */
const GRACE_MS = 500;

describe('TaskClock', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function startClock(modelMs = 0) {
    const late: unknown[] = [];
    const clock = new TaskClock({ limits: DEFAULT_LIMITS, startMs: 60_000, modelMs }, (error) => late.push(error));
    return { clock, late };
  }

  it('gives engine and rules their own time, which no document pays for', () => {
    const { clock, late } = startClock();
    vi.advanceTimersByTime(59_000);
    clock.reading();
    vi.advanceTimersByTime(10_000 + GRACE_MS - 1);
    expect(late).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(late).toMatchObject([{ data: { limit: 'limits.openMs' } }]);
  });

  it('gives pages that are read by OCR their own time', () => {
    const { clock, late } = startClock();
    clock.reading();
    clock.opened(2);
    clock.recognising(2);
    vi.advanceTimersByTime(74_000 + GRACE_MS - 1);
    expect(late).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(late).toMatchObject([{ data: { limit: 'limits.ocrPageMs', pages: 2 } }]);
  });

  it('names the limit of the start', () => {
    const { late } = startClock();
    vi.advanceTimersByTime(60_000);
    expect(late).toMatchObject([{ code: 'document.timed_out', data: { limit: 'limits.startMs' } }]);
  });

  it.each([
    { modelMs: 0, allowedMs: 34_000 },
    { modelMs: 60_000, allowedMs: 94_000 },
  ])('counts from the beginning of the document, with $modelMs ms for a model', ({ modelMs, allowedMs }) => {
    const { clock, late } = startClock(modelMs);
    clock.reading();
    vi.advanceTimersByTime(4000);
    clock.opened(12);
    vi.advanceTimersByTime(allowedMs + GRACE_MS - 4001);
    expect(late).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(late).toMatchObject([{ data: { limit: 'limits.pageMs', allowedMs, pages: 12 } }]);
  });

  it('is silent when it is stopped', () => {
    const { clock, late } = startClock();
    clock.reading();
    clock.stop();
    vi.advanceTimersByTime(1_000_000);
    expect(late).toEqual([]);
  });
});
