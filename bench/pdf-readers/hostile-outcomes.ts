import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_PDF_READER, EnginePool, type PdfReaderName, toDocketError } from '@docket/core';
import { DEFAULT_LIMITS } from '../../packages/core/src/documents/limits.js';
import { decodePageText } from '../../packages/core/src/page-cache/page-record.js';
import { evalFolder } from '../accuracy/eval-set.js';

/** What came of a hostile file. */
export interface HostileOutcome {
  readonly name: string;
  /** Code of the error, or pages and letters that were read. */
  readonly outcome: string;
  readonly reader: string;
  readonly tookMs: number;
}

const MAX_MEMORY_MB = 1024;

/** Reads every hostile PDF in an engine process, as the command and the server do. */
export async function hostileOutcomes(pdfReader: PdfReaderName = DEFAULT_PDF_READER): Promise<HostileOutcome[]> {
  const folder = join(evalFolder, 'hostile');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.pdf')).sort();
  await using pool = new EnginePool({ engine: {}, limits: DEFAULT_LIMITS, concurrency: 1, maxMemoryMb: MAX_MEMORY_MB });
  const outcomes: HostileOutcome[] = [];
  for (const name of names) {
    const started = performance.now();
    const about = await pool.read({ document: join(folder, name), defaultMaxPages: 0, pdfReader }).then(
      ({ read }) => {
        const letters = read.pages.reduce((sum, page) => sum + decodePageText(page).replace(/\s/g, '').length, 0);
        return { outcome: `${read.pages.length} pages, ${letters} letters`, reader: read.head.readerIdentity };
      },
      (error: unknown) => ({ outcome: toDocketError(error).code, reader: '' }),
    );
    outcomes.push({ name, ...about, tookMs: performance.now() - started });
  }
  return outcomes;
}
