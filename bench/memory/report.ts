import { table } from '../speed/report.js';
import type { MemoryRun } from './measure-memory.js';
import { slopeOf } from './slope.js';

/** Flat is what grows by less for each document; 2,000 documents then add 10 MB at most. */
const MOST_BYTES_PER_DOCUMENT = 5000;

const SHARES = [0, 0.25, 0.5, 0.75, 1];

/** The report on memory, Markdown. */
export function writeMemoryReport(runs: readonly MemoryRun[]): string {
  const [first] = runs;
  const marks = SHARES.map((share) => sampleAt(first as MemoryRun, share).documents);
  const rows = runs.map((run) => {
    const slope = slopeOf(run.samples);
    return [
      run.scorer,
      ...SHARES.map((share) => `${(sampleAt(run, share).bytes / 1e6).toFixed(0)} MB`),
      `${(slope / 1000).toFixed(1)} kB`,
      slope < MOST_BYTES_PER_DOCUMENT ? 'pass' : '**fail**',
    ];
  });
  return [
    '# Memory',
    '',
    `Written by \`pnpm --filter @docket/bench memory\`, Node ${process.versions.node}. Resident memory of one process that classifies texts of`,
    '200 to 2,000 words, no two alike, looked at every 25 documents after a garbage collection. `embedding` and `zero-shot`',
    'have small models with random weights: what leaks, leaks with them too. *Growth*: of the second half, by least squares;',
    `flat is under ${MOST_BYTES_PER_DOCUMENT / 1000} kB a document.`,
    '',
    ...table(['scorer', ...marks.map((mark) => `after ${mark}`), 'growth a document', ''], rows),
    '',
    '![Resident memory by number of documents](memory.svg)',
    '',
  ].join('\n');
}

function sampleAt({ samples }: MemoryRun, share: number): MemoryRun['samples'][number] {
  const sample = samples[Math.round(share * (samples.length - 1))];
  if (!sample) throw new Error('nothing was measured');
  return sample;
}
