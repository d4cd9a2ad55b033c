import type { Rule } from '@docket/core';
import { evalSetExists } from '../accuracy/eval-set.js';
import { race } from '../race/race.js';
import { median } from '../speed/median-of.js';
import { type Section, table } from '../speed/report.js';
import { fixtureRuleList } from '../speed/speed-documents.js';
import { type BenchDocument, copiesOfFixtures, copiesOfLabelled, writeFolders } from './bench-documents.js';
import { type Answers, CommandRun } from './command-run.js';
import type { Effort } from './effort.js';
import { CONCURRENCY, showProgress } from './machine.js';
import { ServerRun } from './server-run.js';

/** What of the command's rate the server has to reach. */
const LEAST_RATIO = 0.9;

/** Documents a second, of one round. */
interface Rates {
  readonly command: number;
  readonly server: number;
}

/** Documents that go through both sides. */
interface Corpus {
  readonly name: string;
  /** None: the command is timed from its start, beside a server that has just started. */
  readonly warmUp: readonly BenchDocument[];
  readonly timed: readonly BenchDocument[];
  readonly rules: readonly Rule[];
}

/** How many jobs a second go through the server, beside the documents a second of the command? */
export async function measureThroughput(effort: Effort): Promise<Section> {
  const labelled = evalSetExists() ? await labelledCorpora(effort) : [];
  const corpora = [...labelled, ...(await fixtureCorpora(effort))];
  const measured: Measured[] = [];
  for (const corpus of corpora) measured.push({ corpus, rounds: await measureCorpus(corpus, effort) });
  return report(measured);
}

/** Each once, as somebody meets it who has these files; then copies of them, of which every tenth one warms up. */
async function labelledCorpora({ labelledCopies }: Effort): Promise<Corpus[]> {
  const [once, copies] = [await copiesOfLabelled(1), await copiesOfLabelled(labelledCopies)];
  const others = await copiesOfLabelled(1, labelledCopies);
  const warmUp = others.documents.filter((_, index) => index % 10 === 0);
  return corporaOf('the readable labelled documents', {
    rules: once.rules,
    started: once.documents,
    timed: copies.documents,
    warmUp,
  });
}

async function fixtureCorpora({ warmUpCopies, timedCopies }: Effort): Promise<Corpus[]> {
  const timed = await copiesOfFixtures(timedCopies, warmUpCopies);
  const warmUp = await copiesOfFixtures(warmUpCopies);
  const rules = await fixtureRuleList();
  return corporaOf('the readable fixtures, small documents of all formats', { rules, started: timed, timed, warmUp });
}

interface CorpusParts extends Omit<Corpus, 'name'> {
  /** What is timed where nothing warms up. */
  readonly started: readonly BenchDocument[];
}

function corporaOf(name: string, { rules, started, timed, warmUp }: CorpusParts): Corpus[] {
  return [
    { name: `${name}, the command from its start, the server already started`, warmUp: [], timed: started, rules },
    { name: `${name}, both sides warm`, warmUp, timed, rules },
  ];
}

async function measureCorpus({ name, warmUp, timed, rules }: Corpus, { rounds }: Effort): Promise<Rates[]> {
  await using files = await writeFolders({ 'warm-up': warmUp, timed }, rules);
  const counts = { warmUpCount: warmUp.length, timedCount: timed.length };
  const measured: Rates[] = [];
  for (let round = 0; round < rounds; round++) {
    await using server = await ServerRun.prepare({ warmUp, timed, rules });
    // Last: it goes on by itself.
    await using command = await CommandRun.prepare({
      ...files,
      ...counts,
      concurrency: CONCURRENCY,
      paths: warmUp.length > 0 ? ['warm-up', 'timed'] : ['timed'],
    });
    const [commandMs = 0, serverMs = 0] = await race([command, server]);
    assertSameAnswers([await command.answers(), await server.answers()], timed.length);
    const rates = { command: (1000 * timed.length) / commandMs, server: (1000 * timed.length) / serverMs };
    measured.push(rates);
    showProgress(`throughput of ${name}, round ${round + 1} of ${rounds}: ${rowOf(rates).join(', ')}`);
  }
  return measured;
}

/** Rates of different work would compare nothing. */
function assertSameAnswers([one, other]: readonly Answers[], count: number): void {
  if (one?.size !== count || other?.size !== count) throw new Error('some documents were not answered');
  for (const [name, answer] of one) {
    if (other.get(name) === answer) continue;
    throw new Error(`${name} was answered with ${answer} and with ${other.get(name)}`);
  }
}

interface Measured {
  readonly corpus: Corpus;
  readonly rounds: readonly Rates[];
}

function report(measured: readonly Measured[]): Section {
  return {
    title: 'Jobs over HTTP beside the command line',
    lines: [
      `Every document has content of its own, so that nothing is known from an earlier reading. Engine \`auto\`, concurrency ${CONCURRENCY} on`,
      'both sides; every run is a process with an empty data folder. The sides take turns of half a second, in which the other',
      'one, with its engine processes, is stopped: the speed of the machine changes within seconds.',
      '',
      'First as somebody meets it who has a folder of documents: the command from its start to its last line, beside a server',
      'that has started and classified nothing yet. Then with start-up left out in the same way on both sides, which is harder',
      'for the server, and what a long run comes to: other documents go first through the same processes. The',
      'command is then timed from the output line of the last of these to the line of the last document; at that moment it',
      'is already at work on the next ones, which favours it by a document or two. The server is timed from the first',
      'create, when it is idle, until no job is left; the files were uploaded before. Both gave the same answers.',
      '',
      'What the server does beside (HTTP, the store, the client on the same processors) costs the same for a page and for',
      'fifty: the smaller the documents, the more of the ratio it takes.',
      ...measured.flatMap(describeCorpus),
    ],
    targets: measured.map(({ corpus, rounds }) => {
      const ratio = ratioOf(rounds);
      return {
        name: `jobs per second over HTTP, of the documents per second of the command: ${corpus.name}`,
        reached: ratio.toFixed(3),
        wanted: `at least ${LEAST_RATIO}`,
        met: ratio >= LEAST_RATIO,
      };
    }),
  };
}

function describeCorpus({ corpus: { name, warmUp, timed, rules }, rounds }: Measured): string[] {
  const rows = rounds.map((rates, round) => [String(round + 1), ...rowOf(rates)]);
  const middle = (side: keyof Rates) => median(rounds.map((rates) => rates[side])).toFixed(1);
  return [
    '',
    `${timed.length} documents a run: ${name}; ${rules.length} rules; ${warmUp.length > 0 ? `${warmUp.length} others warm up` : 'nothing warms up'}.`,
    '',
    ...table(
      ['round', 'command, documents/s', 'server, jobs/s', 'ratio'],
      [...rows, ['**median**', middle('command'), middle('server'), ratioOf(rounds).toFixed(3)]],
    ),
  ];
}

function ratioOf(rounds: readonly Rates[]): number {
  return median(rounds.map(({ command, server }) => server / command));
}

function rowOf({ command, server }: Rates): string[] {
  return [command.toFixed(1), server.toFixed(1), (server / command).toFixed(3)];
}
