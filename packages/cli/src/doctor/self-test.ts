import { type Configuration, poolOptionsOf, testEngine } from '@docket/core';
import type { Shell } from '../shell.js';

/**
 * Classifies a small invoice in an engine process, as every document is.
 * @throws DocketError when the answer is another one
 */
export async function selfTest(values: Configuration['values'], { createPool, signal }: Shell): Promise<string> {
  const pool = createPool({ ...poolOptionsOf(values), concurrency: 1 });
  try {
    const { result, durationMs } = await testEngine(pool, { signal });
    const answer = `${result.type ?? 'no type'} (${result.confidence.toFixed(2)})`;
    return `a plain invoice was classified as ${answer} in ${durationMs.toFixed(0)} ms`;
  } finally {
    await pool.close();
  }
}
