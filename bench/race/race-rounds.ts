import { type Racer, race } from './race.js';

/**
 * Races the same sides several times; every other time they begin in reverse.
 * @param sides by name, made anew for each round
 * @param onRound is told what each side took
 * @returns Milliseconds of each round, by side
 */
export async function raceRounds<Name extends string>(
  rounds: number,
  sides: () => Readonly<Record<Name, Racer>>,
  onRound: (took: Readonly<Record<Name, number>>) => void = () => {},
): Promise<Readonly<Record<Name, number>>[]> {
  const all: Readonly<Record<Name, number>>[] = [];
  for (let round = 0; round < rounds; round++) {
    const entries = Object.entries(sides()) as [Name, Racer][];
    const order = round % 2 === 0 ? entries : entries.toReversed();
    const ran = await race(order.map(([, racer]) => racer));
    const took = Object.fromEntries(order.map(([name], index) => [name, ran[index]])) as Record<Name, number>;
    onRound(took);
    all.push(took);
  }
  return all;
}
