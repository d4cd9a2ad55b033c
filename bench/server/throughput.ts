import { median } from '../speed/median-of.js';
import { type Section, table } from '../speed/report.js';
import { fixtureRuleList } from '../speed/speed-documents.js';
import { copiesOfFixtures, writeFolders } from './bench-documents.js';
import { type Answers, runCommand } from './command-run.js';
import type { Effort } from './effort.js';
import { CONCURRENCY, showProgress } from './machine.js';
import { runServer } from './server-run.js';

/** What of the command's rate the server has to reach. */
const LEAST_RATIO = 0.9;

/** Documents a second, of one round. */
interface Rates {
  readonly command: number;
  readonly server: number;
}

/** How many jobs a second go through the server, beside the documents a second of the command? */
export async function measureThroughput({ rounds, warmUpCopies, timedCopies }: Effort): Promise<Section> {
  const rules = await fixtureRuleList();
  const warmUp = await copiesOfFixtures(warmUpCopies);
  const timed = await copiesOfFixtures(timedCopies, warmUpCopies);
  await using files = await writeFolders({ 'warm-up': warmUp, timed }, rules);
  const counts = { warmUpCount: warmUp.length, timedCount: timed.length };
  const runs = {
    command: () => runCommand({ ...files, ...counts, concurrency: CONCURRENCY, paths: ['warm-up', 'timed'] }),
    server: () => runServer({ warmUp, timed, rules }),
  };
  const measured: Rates[] = [];
  for (let round = 0; round < rounds; round++) {
    const rates = { command: 0, server: 0 };
    const answers: Answers[] = [];
    const order = ['command', 'server'] as const;
    for (const side of round % 2 === 0 ? order : order.toReversed()) {
      const batch = await runs[side]();
      rates[side] = (1000 * timed.length) / batch.tookMs;
      answers.push(batch.answers);
    }
    assertSameAnswers(answers, timed.length);
    measured.push(rates);
    showProgress(`throughput, round ${round + 1} of ${rounds}: ${rowOf(rates).join(', ')}`);
  }
  return report(measured, { ...counts, ruleCount: rules.length });
}

/** Rates of different work would compare nothing. */
function assertSameAnswers([one, other]: readonly Answers[], count: number): void {
  if (one?.size !== count || other?.size !== count) throw new Error('some documents were not answered');
  for (const [name, answer] of one) {
    if (other.get(name) === answer) continue;
    throw new Error(`${name} was answered with ${answer} and with ${other.get(name)}`);
  }
}

interface Counts {
  readonly warmUpCount: number;
  readonly timedCount: number;
  readonly ruleCount: number;
}

function report(measured: readonly Rates[], { warmUpCount, timedCount, ruleCount }: Counts): Section {
  const ratio = median(measured.map(({ command, server }) => server / command));
  const rows = measured.map((rates, round) => [String(round + 1), ...rowOf(rates)]);
  const middle = (side: keyof Rates) => median(measured.map((rates) => rates[side])).toFixed(1);
  return {
    title: 'Jobs over HTTP beside the command line',
    lines: [
      `${timedCount} documents a run (copies of the readable fixtures of all formats, every copy of its own content, so that`,
      `nothing is known from an earlier reading), ${ruleCount} rules, engine \`auto\`, concurrency ${CONCURRENCY} on both sides.`,
      'The sides take turns, every other round in reverse; every run is a process with an empty data folder.',
      '',
      `Start-up is left out in the same way on both sides: ${warmUpCount} other documents go first through the same processes. The`,
      'command is then timed from the output line of the last of these to the line of the last document; at that moment it',
      'is already at work on the next ones, which favours it by a document or two. The server is timed from the first',
      'create, when it is idle, until no job is left; the files were uploaded before. Both gave the same answers.',
      '',
      ...table(
        ['round', 'command, documents/s', 'server, jobs/s', 'ratio'],
        [...rows, ['**median**', middle('command'), middle('server'), ratio.toFixed(3)]],
      ),
    ],
    targets: [
      {
        name: 'jobs per second over HTTP, of the documents per second of the command',
        reached: ratio.toFixed(3),
        wanted: `at least ${LEAST_RATIO}`,
        met: ratio >= LEAST_RATIO,
      },
    ],
  };
}

function rowOf({ command, server }: Rates): string[] {
  return [command.toFixed(1), server.toFixed(1), (server / command).toFixed(3)];
}
