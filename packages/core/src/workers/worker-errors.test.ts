import { expect, test } from 'vitest';
import { exitError } from './worker-errors.js';

test.each([
  {
    what: 'V8 with a full heap',
    exit: { code: null, signal: 'SIGABRT', residentMb: 800 },
    code: 'capacity.out_of_memory',
  },
  {
    what: 'V8, where memory cannot be told',
    exit: { code: 134, signal: null, residentMb: 0 },
    code: 'capacity.out_of_memory',
  },
  {
    what: 'an abort of something small',
    exit: { code: null, signal: 'SIGABRT', residentMb: 90 },
    code: 'internal.worker_crashed',
  },
  {
    what: 'a fault of native code',
    exit: { code: null, signal: 'SIGSEGV', residentMb: 900 },
    code: 'internal.worker_crashed',
  },
  {
    what: 'a kill from outside',
    exit: { code: null, signal: 'SIGKILL', residentMb: 90 },
    code: 'internal.worker_crashed',
  },
  { what: 'an exit', exit: { code: 3, signal: null, residentMb: 90 }, code: 'internal.worker_crashed' },
] as const)('tells $what', ({ exit, code }) => {
  expect(exitError(exit, 1024)).toMatchObject({ code });
});
