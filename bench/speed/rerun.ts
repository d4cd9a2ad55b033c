import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Rule } from '@docket/core';
import { evalSetExists } from '../accuracy/eval-set.js';
import { type BenchDocument, copiesOfFixtures, copiesOfLabelled, writeFolders } from '../server/bench-documents.js';
import { median } from './median-of.js';
import { type Section, table } from './report.js';
import { fixtureRuleList } from './speed-documents.js';

const run = promisify(execFile);
const command = fileURLToPath(new URL('../../packages/cli/bin/docket.js', import.meta.url));

/** So many copies of the labelled documents or, where these are not here, of the fixtures. */
const COPIES = { labelled: 4, fixtures: 20 };
const ROUNDS = 3;

/** The most that a second run may take of the first, by scorer. */
const MOST = { auto: 1 / 4, evidence: 1 / 6 } as const;

/** What does `docket bench run` take with other rules over documents that were read before? */
export async function measureRerun(): Promise<Section> {
  const { documents, rules, what } = evalSetExists() ? await labelledDocuments() : await fixtureDocuments();
  await using written = await writeFolders({ _none: documents }, rules);
  const { folder, rulesFile } = written;
  const otherRulesFile = join(folder, 'other-rules.json');
  await writeFile(otherRulesFile, JSON.stringify(rules.slice(0, -2)));
  const rows: string[][] = [];
  const targets: Section['targets'][number][] = [];
  for (const [scorer, most] of Object.entries(MOST)) {
    const times: { first: number; second: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const home = join(folder, `.home-${scorer}-${round}`);
      const timed = (file: string) => timeBench({ dataset: folder, rules: file, scorer, home });
      times.push({ first: await timed(rulesFile), second: await timed(otherRulesFile) });
      await rm(home, { recursive: true });
    }
    const share = median(times.map(({ first, second }) => second / first));
    const seconds = (which: 'first' | 'second') => `${(median(times.map((time) => time[which])) / 1000).toFixed(2)} s`;
    rows.push([scorer, seconds('first'), seconds('second'), share.toFixed(3)]);
    targets.push({
      name: `second run of a data set, of the first, \`${scorer}\``,
      reached: share.toFixed(3),
      wanted: `at most ${most.toFixed(3)}`,
      met: share <= most,
    });
  }
  return {
    title: 'Running a data set again',
    lines: [
      `\`docket bench run\` over ${documents.length} documents (${what}, each copy with content of its own) in an empty`,
      'data folder, and again with other rules: whole processes, start and reports included. The second run opens no document.',
      `Medians of ${ROUNDS}; the share is that of the single pairs.`,
      '',
      ...table(['scorer', 'first run', 'second run', 'share'], rows),
    ],
    targets,
  };
}

interface RerunDocuments {
  readonly documents: readonly BenchDocument[];
  readonly rules: readonly Rule[];
  readonly what: string;
}

async function labelledDocuments(): Promise<RerunDocuments> {
  const { documents, rules } = await copiesOfLabelled(COPIES.labelled);
  return { documents, rules, what: `the readable labelled ones, ${COPIES.labelled} times` };
}

async function fixtureDocuments(): Promise<RerunDocuments> {
  const documents = await copiesOfFixtures(COPIES.fixtures);
  return { documents, rules: await fixtureRuleList(), what: `the readable fixtures, ${COPIES.fixtures} times` };
}

interface BenchCommand {
  readonly dataset: string;
  readonly rules: string;
  readonly scorer: string;
  readonly home: string;
}

/** Milliseconds that the command takes. Mistakes of the data set, such as the rules beside it, do not matter here. */
async function timeBench({ dataset, rules, scorer, home }: BenchCommand): Promise<number> {
  const flags = ['--rules', rules, '--scorer', scorer, '--out', join(home, 'run')];
  const started = performance.now();
  await run(process.execPath, [command, 'bench', 'run', dataset, ...flags], {
    env: { ...process.env, DOCKET_HOME: home },
    maxBuffer: 64 * 2 ** 20,
  });
  return performance.now() - started;
}
