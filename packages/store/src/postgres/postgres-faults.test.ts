import { describe, expect, it } from 'vitest';
import { isLost, toPostgresFault } from './postgres-faults.js';

const saying = (code: string) => Object.assign(new Error('says PostgreSQL'), { code });

describe('toPostgresFault', () => {
  it.each([
    ['53100', 'capacity.disk_full'],
    ['53200', 'state.database_unreachable'],
    ['53400', 'state.database_unreachable'],
    ['25P03', 'state.database_unreachable'],
    ['57P01', 'state.database_unreachable'],
    ['55P03', 'state.database_locked'],
    ['23505', '23505'],
  ])('%s is %s', (state, code) => {
    expect(toPostgresFault(saying(state))).toMatchObject({ code });
  });

  it('takes the connection of a transaction that was idle for too long for lost', () => {
    expect(isLost(toPostgresFault(saying('25P03')))).toBe(true);
    expect(isLost(toPostgresFault(saying('53100')))).toBe(false);
  });
});
