import { race } from '../race/race.js';
import { copiesOfFixtures } from '../server/bench-documents.js';
import { CONCURRENCY, showProgress } from '../server/machine.js';
import { ServerRun } from '../server/server-run.js';
import { median } from '../speed/median-of.js';
import { type Section, table } from '../speed/report.js';
import { fixtureRuleList } from '../speed/speed-documents.js';
import { startPostgres } from './both-stores.js';
import type { Effort } from './effort.js';

const LEAST_RATIO = 0.9;

interface Rates {
  readonly sqlite: number;
  readonly postgres: number;
}

/** How many jobs a second go through a server on PostgreSQL, beside one on SQLite, with the real engine? */
export async function measureEngine({ rounds, warmUpCopies, timedCopies }: Effort): Promise<Section> {
  const warmUp = await copiesOfFixtures(warmUpCopies);
  const timed = await copiesOfFixtures(timedCopies, warmUpCopies);
  const rules = await fixtureRuleList();
  const measured: Rates[] = [];
  for (let round = 0; round < rounds; round++) {
    await using postgres = await startPostgres();
    const flags = ['--database', postgres.url];
    await using onPostgres = await ServerRun.prepare({ warmUp, timed, rules, flags, helpers: [postgres.processId] });
    await using onSqlite = await ServerRun.prepare({ warmUp, timed, rules });
    const [postgresMs = 0, sqliteMs = 0] = await race([onPostgres, onSqlite]);
    measured.push({ sqlite: (1000 * timed.length) / sqliteMs, postgres: (1000 * timed.length) / postgresMs });
    showProgress(`engine, round ${round + 1} of ${rounds}: ${rowOf(measured.at(-1)).join(', ')}`);
  }
  return report(measured, timed.length);
}

function report(measured: readonly Rates[], count: number): Section {
  const ratio = median(measured.map(({ sqlite, postgres }) => postgres / sqlite));
  return {
    title: 'With the real engine',
    lines: [
      `${count} small documents of all formats, each with content of its own, over HTTP; \`docket serve --concurrency ${CONCURRENCY}\` with an empty`,
      'data folder, or with an empty database on the same machine, whose server shares the processors. They take turns of half a',
      'second, in which the other one, with its engine processes and its database, is stopped; start-up is left out.',
      '',
      ...table(
        ['round', 'SQLite, jobs/s', 'PostgreSQL, jobs/s', 'ratio'],
        measured.map((rates, index) => [String(index + 1), ...rowOf(rates)]),
      ),
    ],
    targets: [
      {
        name: 'jobs per second on PostgreSQL, of those on SQLite, with the real engine',
        reached: ratio.toFixed(3),
        wanted: `at least ${LEAST_RATIO}`,
        met: ratio >= LEAST_RATIO,
      },
    ],
  };
}

function rowOf({ sqlite, postgres }: Rates = { sqlite: 0, postgres: 0 }): string[] {
  return [sqlite.toFixed(1), postgres.toFixed(1), (postgres / sqlite).toFixed(3)];
}
