import { DocketError } from '@docket/core';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { untilStored } from './until-stored.js';

const logger = pino({ level: 'silent' });

const fault = () => new DocketError('capacity.disk_full', 'full');

describe('untilStored', () => {
  it('tries again until there is room, and gives what the write gives', async () => {
    let tries = 0;
    const write = async () => {
      if (++tries < 3) throw fault();
      return 'written';
    };
    expect(await untilStored(write, { logger })).toBe('written');
    expect(tries).toBe(3);
  });

  it('does not repeat what failed for another reason', async () => {
    let tries = 0;
    const write = async () => {
      tries++;
      throw new Error('no such table');
    };
    await expect(untilStored(write, { logger })).rejects.toThrow('no such table');
    expect(tries).toBe(1);
  });

  it('ends when it is told to, with the reason', async () => {
    const controller = new AbortController();
    const write = async () => {
      controller.abort('shutting_down');
      throw fault();
    };
    await expect(untilStored(write, { logger, signal: controller.signal })).rejects.toBe('shutting_down');
  });
});
