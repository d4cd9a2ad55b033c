import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HEAP_ROOM } from '../../packages/core/src/workers/fork-engine.js';
import { showProgress } from '../server/machine.js';
import { median } from '../speed/median-of.js';
import { pageTreePdf } from '../speed/page-tree-pdf.js';
import { type Section, table } from '../speed/report.js';
import { thirtyRules } from '../speed/speed-documents.js';
import type { Effort } from './effort.js';
import { Probe } from './probe.js';
import { medianRatio, runInTurn } from './ratio.js';

const probeFile = fileURLToPath(new URL('./long-pdf-probe.mjs', import.meta.url));

const PAGES = { short: 100, long: 1000 } as const;
const WARM_UP_PAGES = 5;

/** What the long one may take of the short one. */
const MOST_TIME = 11;
const MOST_MEMORY = 1.3;

const MB = 1e6;

interface Run {
  readonly ms: number;
  readonly pages: number;
  readonly peakBytes: number;
}

/** Do time and memory follow the pages that are read? */
export async function measureLongPdf({ rounds }: Effort): Promise<Section> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-bench-long-'));
  try {
    const { rules } = await thirtyRules();
    const write = async (pages: number) => {
      const path = join(folder, `${pages}.pdf`);
      await writeFile(path, pageTreePdf(pages, 'balanced'));
      return path;
    };
    const warmUp = await write(WARM_UP_PAGES);
    const paths = { short: await write(PAGES.short), long: await write(PAGES.long) };
    const measured = await runInTurn(['short', 'long'], rounds, async (size) => {
      await using probe = new Probe(probeFile, { path: paths[size], warmUp, rules }, HEAP_ROOM);
      const run = await probe.ask<Run>();
      if (run.pages !== PAGES[size]) throw new Error(`${run.pages} of ${PAGES[size]} pages were read`);
      showProgress(`long PDF, ${run.pages} pages: ${run.ms.toFixed(0)} ms, ${(run.peakBytes / MB).toFixed(0)} MB`);
      return run;
    });
    const time = medianRatio(
      measured,
      ({ long }) => long.ms,
      ({ short }) => short.ms,
    );
    const memory = medianRatio(
      measured,
      ({ long }) => long.peakBytes,
      ({ short }) => short.peakBytes,
    );
    const row = (size: 'short' | 'long') => {
      const middle = (pick: (run: Run) => number) => median(measured.map((round) => pick(round[size])));
      return [
        String(PAGES[size]),
        middle(({ ms }) => ms).toFixed(0),
        (middle(({ peakBytes }) => peakBytes) / MB).toFixed(0),
      ];
    };
    return {
      title: 'A long PDF',
      lines: [
        `Made PDFs of about 3,000 characters a page, all pages read, ${rules.length} rules, engine \`auto\`: \`classifyDocument\` in a process of its`,
        `own for each run, with the flags of an engine process, after a PDF of ${WARM_UP_PAGES} pages of the same kind. Memory is the peak of resident`,
        `memory of the whole process. In turn, medians of ${rounds}.`,
        '',
        ...table(['pages', 'ms', 'peak, MB'], [row('short'), row('long')]),
      ],
      targets: [
        {
          name: `time of ${PAGES.long} pages, of ${PAGES.short}`,
          reached: time.toFixed(2),
          wanted: `at most ${MOST_TIME}`,
          met: time <= MOST_TIME,
        },
        {
          name: 'memory of the same',
          reached: memory.toFixed(2),
          wanted: `at most ${MOST_MEMORY}`,
          met: memory <= MOST_MEMORY,
        },
      ],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
