import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canListProcesses } from '../../test/support/engine-processes.js';
import { isLong, projectFolder } from '../../test/support/project.js';
import { judgeAnswers, judgeFiles, judgeMemory } from './judge.js';
import { plotSoak } from './plot.js';
import { runSoak, type SoakRun, type SoakSample } from './soak.js';

const DOCUMENTS = isLong ? 5000 : 40;

/** Documents from one measurement to the next. */
const EVERY = isLong ? 25 : 5;

const canRun = canListProcesses && existsSync(join(projectFolder, 'packages', 'cli', 'dist'));
if (!canRun) console.log('soak of the server: skipped, needs /proc and the build');

test.runIf(canRun)(
  `${DOCUMENTS} documents through a server: all answered, and nothing grows`,
  {
    timeout: 120_000 + DOCUMENTS * 200,
  },
  async () => {
    const run = await runSoak({ documents: DOCUMENTS, every: EVERY });
    // A short run ends before memory has settled, so that says nothing.
    const targets = [...judgeAnswers(run), ...judgeFiles(run), ...(isLong ? judgeMemory(run) : [])];
    expect(run.jobs).toBe(DOCUMENTS);
    expect([run.wrong, targets.filter(({ met }) => !met)]).toEqual([[], []]);
  },
);

describe('the verdict', () => {
  const sample = (documents: number, changes: Partial<SoakSample> = {}): SoakSample => ({
    documents,
    serverBytes: 1e8,
    enginesBytes: 4e8,
    serverFiles: 40,
    enginesFiles: 50,
    logBytes: 1e7,
    ...changes,
  });
  const marks = Array.from({ length: 40 }, (_, index) => (index + 1) * 25);
  const runWith = (changes: (documents: number) => Partial<SoakSample>): SoakRun => ({
    samples: marks.map((documents) => sample(documents, changes(documents))),
    tookMs: 1000,
    wrong: [],
    completed: 1000,
    jobs: 1000,
    restarts: 0,
  });
  const missed = (run: SoakRun) =>
    [...judgeAnswers(run), ...judgeMemory(run), ...judgeFiles(run)].filter(({ met }) => !met).map(({ name }) => name);

  test('is good when nothing grows after the warm-up', () => {
    expect(missed(runWith((documents) => ({ serverBytes: 1e8 + Math.min(documents, 400) * 1e5 })))).toEqual([]);
  });

  test('sees memory, files and a log that grow', () => {
    expect(missed(runWith((documents) => ({ serverBytes: documents * 6000 })))).toEqual([
      expect.stringContaining('memory of the server'),
    ]);
    expect(missed(runWith((documents) => ({ enginesFiles: 50 + documents / 50 })))).toEqual([
      expect.stringContaining('open files of its engine processes'),
    ]);
    expect(missed(runWith((documents) => ({ logBytes: documents * 1e5 })))).toEqual([
      expect.stringContaining('write-ahead log'),
    ]);
  });

  test('sees what was not answered', () => {
    const run = runWith(() => ({}));
    for (const changes of [{ completed: 999 }, { wrong: ['a'] }, { restarts: 1 }]) {
      expect(missed({ ...run, ...changes })).toHaveLength(1);
    }
  });

  test('is drawn, each panel with its lines', () => {
    const svg = plotSoak(runWith(() => ({})).samples);
    expect(svg.match(/<polyline/g)).toHaveLength(5);
    expect(svg).not.toContain('NaN');
  });
});
