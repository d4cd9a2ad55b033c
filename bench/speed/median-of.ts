/** Milliseconds by variant. */
export type Timings<Name extends string> = Readonly<Record<Name, number>>;

/** How often {@link mediansOf} measures. */
export interface MedianOptions {
  /** @default 11 */
  readonly rounds?: number;
  /** Rounds that are not counted. @default 3 */
  readonly warmUps?: number;
}

/**
 * Times variants against each other in this process: every round runs each of them once, every other round in reverse,
 * so that whatever slows the machine down slows all of them down.
 * @returns the median time of each variant
 */
export async function mediansOf<Name extends string>(
  variants: Readonly<Record<Name, () => unknown>>,
  { rounds = 11, warmUps = 3 }: MedianOptions = {},
): Promise<Timings<Name>> {
  const entries = Object.entries(variants) as [Name, () => unknown][];
  const times = new Map<Name, number[]>(entries.map(([name]) => [name, []]));
  for (let round = -warmUps; round < rounds; round++) {
    for (const [name, run] of round % 2 === 0 ? entries : [...entries].reverse()) {
      const took = await timeOf(run);
      if (round >= 0) times.get(name)?.push(took);
    }
  }
  return Object.fromEntries([...times].map(([name, took]) => [name, median(took)])) as Timings<Name>;
}

/** Milliseconds that one run takes. */
export async function timeOf(run: () => unknown): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

/** The middle one of numbers; the upper one of two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? 0;
}
