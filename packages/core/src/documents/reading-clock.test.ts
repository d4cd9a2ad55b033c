import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { fixture } from '../testing/fixtures.js';
import { DEFAULT_LIMITS } from './limits.js';
import { readDocument } from './read-document.js';
import { ReadingClock } from './reading-clock.js';

describe('ReadingClock', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('aborts a reading that is not open in time', () => {
    using clock = new ReadingClock(DEFAULT_LIMITS);
    vi.advanceTimersByTime(9999);
    expect(clock.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(clock.signal.reason).toMatchObject({ code: 'document.timed_out', data: { limit: 'limits.openMs' } });
  });

  it('counts what the opening left for the pages', () => {
    using clock = new ReadingClock(DEFAULT_LIMITS);
    vi.advanceTimersByTime(3000);
    clock.opened(2);
    vi.advanceTimersByTime(10_999);
    expect(clock.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(clock.signal.reason).toMatchObject({ data: { limit: 'limits.pageMs', allowedMs: 14_000, pages: 2 } });
  });

  it('gives pages that are read by OCR their own time', () => {
    using clock = new ReadingClock(DEFAULT_LIMITS);
    clock.opened(1);
    clock.recognising(1);
    vi.advanceTimersByTime(41_999);
    expect(clock.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(clock.signal.reason).toMatchObject({ data: { limit: 'limits.ocrPageMs', allowedMs: 42_000 } });
  });

  it('is silent once the reading is over', () => {
    const clock = new ReadingClock(DEFAULT_LIMITS);
    clock[Symbol.dispose]();
    vi.advanceTimersByTime(1_000_000);
    expect(clock.signal.aborted).toBe(false);
  });
});

describe('readDocument', () => {
  it('ends with the limit that was reached', async () => {
    const limits = { ...DEFAULT_LIMITS, maxMs: 1 };
    await expect(readDocument(fixture('documents/manual-40p.pdf'), { limits })).rejects.toMatchObject({
      code: 'document.timed_out',
      data: { limit: 'limits.maxMs', allowedMs: 1 },
    });
  });

  it.each(['pdfium', 'pdfjs'])('ends when it is told to while %s reads pages', async (pdfReader) => {
    const controller = new AbortController();
    const onOpened = () => {
      setTimeout(() => controller.abort(new Error('enough')), 0);
      // Every page seems to take as long as the event loop may stand still, however fast the machine is.
      let now = performance.now();
      vi.spyOn(performance, 'now').mockImplementation(() => (now += 20));
    };
    onTestFinished(() => void vi.restoreAllMocks());
    const options = { pdfReader, onOpened, signal: controller.signal };
    await expect(readDocument(fixture('documents/manual-40p.pdf'), options)).rejects.toThrow('enough');
  });

  it('says how many pages are to be read once the document is open', async () => {
    const opened: number[] = [];
    await readDocument(fixture('documents/contract-3p.pdf'), { onOpened: (pages) => opened.push(pages) });
    expect(opened).toEqual([3]);
  });
});
