import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type BenchDocument, copiesOfFixtures, writeFolders } from '../server/bench-documents.js';
import { median } from './median-of.js';
import { type Section, table } from './report.js';
import { fixtureRuleList } from './speed-documents.js';

const run = promisify(execFile);
const command = fileURLToPath(new URL('../../packages/cli/bin/docket.js', import.meta.url));
const expectedFile = new URL('../../test/fixtures/expected.json', import.meta.url);

const COPIES = 12;
const ROUNDS = 5;

/** The most that a second run may take of the first, by scorer. */
const MOST = { auto: 1 / 4, evidence: 1 / 6 } as const;

/** What does `docket bench run` take with other rules over documents that were read before? */
export async function measureRerun(): Promise<Section> {
  const rules = await fixtureRuleList();
  const documents = await copiesOfFixtures(COPIES);
  await using written = await writeFolders(await byType(documents), rules);
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
      `\`docket bench run\` over ${documents.length} documents (the readable fixtures, ${COPIES} times, each with content of its own) in an`,
      'empty data folder, and again with other rules: whole processes, start and reports included. The second run opens no',
      `document. Medians of ${ROUNDS}; the share is that of the single pairs.`,
      '',
      ...table(['scorer', 'first run', 'second run', 'share'], rows),
    ],
    targets,
  };
}

/** The documents by the name of the folder that they belong into. */
async function byType(documents: readonly BenchDocument[]): Promise<Record<string, BenchDocument[]>> {
  const expected = JSON.parse(await readFile(expectedFile, 'utf8')) as Record<string, { type: string | null }>;
  const folders: Record<string, BenchDocument[]> = {};
  for (const document of documents) {
    const type = expected[document.name.replace(/^\d+-/, '')]?.type ?? '_none';
    folders[type] = [...(folders[type] ?? []), document];
  }
  return folders;
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
