import { median } from '../speed/median-of.js';

/**
 * Runs variants against each other: each once a round, every other round in reverse, so that whatever slows the machine
 * down slows all of them down.
 * @param run what is measured of a variant
 */
export async function runInTurn<Name extends string, Measured>(
  names: readonly Name[],
  rounds: number,
  run: (name: Name) => Promise<Measured>,
): Promise<Readonly<Record<Name, Measured>>[]> {
  const measured: Readonly<Record<Name, Measured>>[] = [];
  for (let round = 0; round < rounds; round++) {
    const results: Partial<Record<Name, Measured>> = {};
    for (const name of round % 2 === 0 ? names : names.toReversed()) results[name] = await run(name);
    measured.push(results as Record<Name, Measured>);
  }
  return measured;
}

/** The median over rounds of what one variant took of another in the same round. */
export function medianRatio<Measured>(
  rounds: readonly Measured[],
  one: (round: Measured) => number,
  other: (round: Measured) => number,
): number {
  return median(rounds.map((round) => one(round) / other(round)));
}
