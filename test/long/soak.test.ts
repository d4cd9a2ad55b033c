import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_LIMITS, EnginePool, readRuleFile, toDocketError } from '@docket/core';
import { expect, test } from 'vitest';
import { canListProcesses, engineProcesses } from '../support/engine-processes.js';
import { expectedResults, fixturesFolder, isLong } from '../support/project.js';
import { randomFrom, seed, shuffle } from '../support/random.js';

const COUNT = 1000;

/** Documents after which memory counts as settled. */
const SETTLED = 300;

const MOST_GROWTH = 1.5;

test.skipIf(!isLong || !canListProcesses)(
  `${COUNT} documents through two processes: all answered, memory settles, no process is left (long, on Linux)`,
  { timeout: 1_200_000 },
  async () => {
    const { rules } = await readRuleFile(join(fixturesFolder, 'rules.yaml'));
    const expected = new Map<string, string | null>();
    for (const [name, answer] of await expectedResults()) {
      expected.set(`documents/${name}`, 'error' in answer ? answer.error : answer.type);
    }
    const hostile = readdirSync(join(fixturesFolder, 'hostile')).map((name) => `hostile/${name}`);
    const kinds = [...expected.keys(), ...hostile];
    const random = randomFrom(seed);
    const rounds = Array.from({ length: Math.ceil(COUNT / kinds.length) }, () => shuffle(kinds, random));
    const documents = rounds.flat().slice(0, COUNT);

    const wrong: string[] = [];
    const memory = new Map<number, number>();
    let answered = 0;
    const pool = new EnginePool({ engine: {}, limits: DEFAULT_LIMITS, concurrency: 2, maxMemoryMb: 1024 });
    const classify = async (name: string) => {
      const answer = await pool.classify({ document: join(fixturesFolder, name), rules }).then(
        ({ result }) => result.type,
        (error: unknown) => toDocketError(error).code,
      );
      answered++;
      if (answered === SETTLED || answered === COUNT) memory.set(answered, residentMib());
      if (expected.has(name) ? answer !== expected.get(name) : answer?.startsWith('internal.')) {
        wrong.push(`${name}: ${answer}`);
      }
    };
    await Promise.all(documents.map(classify));

    const settled = memory.get(SETTLED) ?? 0;
    const growth = (memory.get(COUNT) ?? Number.POSITIVE_INFINITY) / settled;
    console.log(
      `soak: seed ${seed}, ${answered} documents, ${pool.restarts} restarts, ` +
        `${settled.toFixed(0)} MiB after ${SETTLED}, ${memory.get(COUNT)?.toFixed(0)} MiB after ${COUNT}`,
    );
    expect({ answered, wrong, restarts: pool.restarts }).toEqual({ answered: COUNT, wrong: [], restarts: 0 });
    expect(settled).toBeGreaterThan(0);
    expect(growth).toBeLessThan(MOST_GROWTH);
    expect(engineProcesses(process.pid).size).toBe(2);
    await pool.close();
    expect(engineProcesses(process.pid).size).toBe(0);
  },
);

/** Of all engine processes together. */
function residentMib(): number {
  return [...engineProcesses(process.pid).values()].reduce((sum, one) => sum + one, 0);
}
