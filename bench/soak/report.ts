import { MACHINE } from '../server/machine.js';
import { table } from '../speed/report.js';
import { judgeSoak } from './judge.js';
import type { SoakRun, SoakSample } from './soak.js';

const SHARES = [0, 0.25, 0.5, 0.75, 1];

/** The report on a soak, Markdown. */
export function writeSoakReport(run: SoakRun): string {
  const { samples, tookMs, jobs } = run;
  const marks = SHARES.map((share) => samples[Math.round(share * (samples.length - 1))] as SoakSample);
  const row = (name: string, value: (sample: SoakSample) => number) => [
    name,
    ...marks.map((mark) => value(mark).toFixed(0)),
  ];
  const targets = judgeSoak(run).map(({ name, reached, wanted, met }) => [
    name,
    reached,
    wanted,
    met ? 'pass' : '**fail**',
  ]);
  return [
    '# Soak',
    '',
    `Written by \`pnpm --filter @docket/bench soak\`, on ${MACHINE}. ${jobs} documents, copies of the readable fixtures of all formats,`,
    'every copy of its own content, go through one server with an empty data folder: upload, create, wait for the answer.',
    `Nothing is deleted meanwhile. It took ${(tookMs / 1000).toFixed(0)} s (${((1000 * jobs) / tookMs).toFixed(0)} documents a second, other work on the machine or not).`,
    '',
    ...table(['target', 'reached', 'wanted', ''], targets),
    '',
    ...table(
      ['', ...marks.map(({ documents }) => `after ${documents}`)],
      [
        row('server, resident MB', ({ serverBytes }) => serverBytes / 1e6),
        row('engine processes together, resident MB', ({ enginesBytes }) => enginesBytes / 1e6),
        row('server, open files', ({ serverFiles }) => serverFiles),
        row('engine processes, open files', ({ enginesFiles }) => enginesFiles),
        row('write-ahead log, MB', ({ logBytes }) => logBytes / 1e6),
      ],
    ),
    '',
    '![Memory, open files and write-ahead log by number of documents](soak.svg)',
    '',
  ].join('\n');
}
