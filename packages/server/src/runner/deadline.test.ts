import { describe, expect, it } from 'vitest';
import { Deadline } from './deadline.js';

describe('Deadline', () => {
  it('waits for what comes to its end, and not for what hangs', async () => {
    expect(await new Deadline(60_000).wait(Promise.resolve())).toBe(true);
    expect(await new Deadline(60_000).wait(undefined)).toBe(true);
    expect(await new Deadline(1).wait(new Promise(() => {}))).toBe(false);
    await expect(new Deadline(60_000).wait(Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });
});
