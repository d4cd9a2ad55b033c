import { DocketError } from '@docket/core';
import { expect, test } from 'vitest';
import { createLogger } from './logger.js';

function logError(err: unknown): Record<string, unknown> {
  const lines: string[] = [];
  createLogger({ write: (line) => void lines.push(line) }).error({ err }, 'failed');
  return JSON.parse(lines[0] ?? '');
}

test('writes one JSON object a line', () => {
  expect(logError(undefined)).toMatchObject({ level: 'error', msg: 'failed', time: expect.stringMatching(/^2.*Z$/) });
});

test('errors have code, stack and what is behind them', () => {
  const error = new DocketError('internal.unexpected', 'it broke', { cause: new Error('deeper') });
  expect(logError(error)['err']).toMatchObject({
    type: 'DocketError',
    code: 'internal.unexpected',
    message: 'it broke',
    stack: expect.stringContaining('logger.test'),
    cause: { type: 'Error', message: 'deeper' },
  });
});

test('what a parser quotes of a text stays out', () => {
  const parse = () => JSON.parse('confidential text of a document');
  let thrown: unknown;
  try {
    parse();
  } catch (error) {
    thrown = new Error('unreadable', { cause: error });
  }
  expect(JSON.stringify(logError(thrown))).not.toContain('confidential');
});
