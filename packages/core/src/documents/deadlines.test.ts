import { describe, expect, it } from 'vitest';
import { ocrDeadline, openDeadline, pagesDeadline, timedOut } from './deadlines.js';
import { DEFAULT_LIMITS } from './limits.js';

describe('deadlines', () => {
  it('are 10 seconds to open and 2 for each selected page, 10 minutes at most', () => {
    expect(openDeadline(DEFAULT_LIMITS)).toEqual({ allowedMs: 10_000, limit: 'limits.openMs' });
    expect(pagesDeadline(DEFAULT_LIMITS, 1)).toEqual({ allowedMs: 12_000, limit: 'limits.pageMs', pages: 1 });
    expect(pagesDeadline(DEFAULT_LIMITS, 12)).toEqual({ allowedMs: 34_000, limit: 'limits.pageMs', pages: 12 });
    expect(pagesDeadline(DEFAULT_LIMITS, 295).allowedMs).toBe(600_000);
    expect(pagesDeadline(DEFAULT_LIMITS, 296)).toEqual({ allowedMs: 600_000, limit: 'limits.maxMs', pages: 296 });
  });

  it('grow by what a model takes, and opening is within the most as well', () => {
    expect(pagesDeadline(DEFAULT_LIMITS, 1, 60_000).allowedMs).toBe(72_000);
    expect(openDeadline({ ...DEFAULT_LIMITS, maxMs: 5 })).toEqual({ allowedMs: 5, limit: 'limits.maxMs' });
  });

  it('grow by 30 seconds for each page that may be read by OCR', () => {
    const deadline = ocrDeadline(DEFAULT_LIMITS, { pages: 12, ocrPages: 3 });
    expect(deadline).toEqual({ allowedMs: 124_000, limit: 'limits.ocrPageMs', pages: 12 });
    expect(timedOut(deadline).message).toMatch(/raise limits\.ocrPageMs$/);
    expect(ocrDeadline(DEFAULT_LIMITS, { pages: 12, ocrPages: 90 }).limit).toBe('limits.maxMs');
  });

  it('say which limit it was, and what to do', () => {
    expect(timedOut(openDeadline(DEFAULT_LIMITS))).toMatchObject({
      code: 'document.timed_out',
      message: expect.stringMatching(/not open after the 10000 ms allowed.*raise limits\.openMs$/),
      data: { limit: 'limits.openMs', allowedMs: 10_000 },
    });
    expect(timedOut(pagesDeadline(DEFAULT_LIMITS, 3)).message).toMatch(
      /16000 ms allowed for its 3 selected pages; select fewer pages or raise limits\.pageMs$/,
    );
    expect(timedOut(pagesDeadline(DEFAULT_LIMITS, 1)).message).toMatch(
      /12000 ms allowed for its selected page; raise limits\.pageMs$/,
    );
    expect(timedOut(pagesDeadline(DEFAULT_LIMITS, 900)).message).toMatch(
      /the most that any document gets; select fewer pages or raise limits\.maxMs$/,
    );
  });
});
