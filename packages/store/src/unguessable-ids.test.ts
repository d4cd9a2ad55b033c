import { expect, test } from 'vitest';
import { openSqliteStore } from './testing/open-sqlite-store.js';
import { createFile, createJob, makeParse, PROJECT } from './testing/samples.js';

const COUNT = 400;

/** A version 4 UUID: 122 random bits. */
const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const FIXED_BITS = 6;

test('ids cannot be guessed: 122 bits of each are random, and no two share what comes first', async () => {
  const { store } = await openSqliteStore();
  const file = await createFile(store, 'a text');
  const saved = (number: number) => ({ projectId: PROJECT, name: `${number}`, productType: 'unknown', parameters: {} });
  const makers = {
    clj: () => createJob(store),
    pjb: () => store.parses.create(makeParse(file)),
    cfg: (number: number) => store.configurations.save(saved(number)),
    dfl: (number: number) => createFile(store, `text ${number % 3}`),
  };
  for (const [prefix, make] of Object.entries(makers)) {
    const made = await Promise.all(Array.from({ length: COUNT }, (_, number) => make(number)));
    const uuids = made.map(({ id }) => id.slice(prefix.length + 1));
    expect(made.every(({ id }) => id.startsWith(`${prefix}-`))).toBe(true);
    for (const uuid of uuids) expect(uuid).toMatch(UUID);
    expect(new Set(uuids.map((uuid) => uuid.slice(0, 13))).size).toBe(COUNT);
    expect(changingBits(uuids)).toBe(128 - FIXED_BITS);
  }
});

/** Bits that are set in about half of all: eight standard deviations off would be 0.3 or 0.7. */
function changingBits(uuids: readonly string[]): number {
  const numbers = uuids.map((uuid) => BigInt(`0x${uuid.replaceAll('-', '')}`));
  const shares = Array.from({ length: 128 }, (_, bit) => {
    return numbers.filter((number) => (number >> BigInt(bit)) & 1n).length / numbers.length;
  });
  return shares.filter((share) => share > 0.3 && share < 0.7).length;
}
