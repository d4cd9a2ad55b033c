import { type Configuration, DocketError, ocrStatus, poolOptionsOf, readerChoiceFor, testOcr } from '@docket/core';
import type { Shell } from '../shell.js';

/**
 * Engine and languages of OCR, and what a page was read as. Its absence is no fault: documents with text do without.
 * @throws DocketError when it is there and does not work
 */
export async function describeOcr(values: Configuration['values'], { createPool, signal }: Shell): Promise<string> {
  if (values.ocr === 'off') return 'off: scans and pictures are not read';
  const choice = readerChoiceFor(values);
  const status = await ocrStatus(choice).catch((error: unknown) => {
    if (error instanceof DocketError && error.code === 'model.not_installed') return error;
    throw error;
  });
  if (status instanceof DocketError) return `not installed; only scans and pictures need it: ${status.message}`;
  const pool = createPool({ ...poolOptionsOf(values), concurrency: 1 });
  try {
    const { confidence, readMs } = await testOcr(pool, { ...choice, signal });
    const languages = status.languages.map(({ code }) => code).join(' ');
    return `${status.engine} (${languages}); a page was read with confidence ${confidence} in ${readMs.toFixed(0)} ms`;
  } finally {
    await pool.close();
  }
}
