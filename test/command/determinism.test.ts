import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Rule, readRuleFile } from '@docket/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { fixturesFolder, isLong } from '../support/project.js';
import { randomFrom, seed, shuffle } from '../support/random.js';
import { runDocket } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const SHUFFLES = isLong ? 20 : 1;

/** Rules of the same label are alternatives; their order must not matter either. */
const ALTERNATIVES: readonly Rule[] = [
  { type: 'invoice', description: 'A commercial invoice that goes with goods through customs.' },
  { type: 'contract', description: 'A lease agreement between a landlord and a tenant about rooms.' },
  { type: 'letter', description: 'A cover letter of somebody who applies for a job.' },
];

const FOLDERS = ['documents', 'hostile'];
const documents = FOLDERS.flatMap((name) => readdirSync(join(fixturesFolder, name))).length;

const folder = temporaryFolder();
let rules: readonly Rule[];
let plain: string;

/** What a run with these rules prints. The rule file has the same name in every run. */
async function classify(ordered: readonly Rule[], run: string, ...flags: string[]): Promise<string> {
  const file = join(folder, `${run}.json`);
  writeFileSync(file, JSON.stringify({ rules: ordered }));
  const argv = ['classify', ...FOLDERS, '--rules', file, '--format', 'jsonl', ...flags];
  const { exitCode, stdout } = await runDocket(argv);
  expect(exitCode).toBe(1);
  expect(stdout.split('\n')).toHaveLength(documents + 1);
  return stdout;
}

beforeAll(async () => {
  rules = [...(await readRuleFile(join(fixturesFolder, 'rules.yaml'))).rules, ...ALTERNATIVES];
  plain = await classify(rules, 'plain', '--concurrency', '1');
});

describe('the output is the same, byte for byte,', () => {
  test('on another run, with four documents at once', async () => {
    expect(await classify(rules, 'concurrent', '--concurrency', '4')).toBe(plain);
  });

  test('with --explain, whatever the concurrency and the order of the rules', async () => {
    const explained = await classify(rules, 'explained', '--explain', '--concurrency', '2');
    expect(explained).toContain('"explanation":{');
    expect(await classify([...rules].reverse(), 'explained-reversed', '--explain', '--concurrency', '1')).toBe(
      explained,
    );
  });

  test(
    `with the rules in any other order (seed ${seed}, ${SHUFFLES} orders)`,
    async () => {
      const random = randomFrom(seed);
      for (let count = 0; count < SHUFFLES; count++) {
        const shuffled = shuffle(rules, random);
        expect(shuffled).not.toEqual(rules);
        expect(await classify(shuffled, `shuffled-${count}`)).toBe(plain);
      }
    },
    SHUFFLES * 30_000 + 60_000,
  );

  test('in the other formats', async () => {
    const argv = ['classify', 'documents/budget.xlsx', 'documents/letter.rtf', '-r', 'rules.yaml'];
    for (const format of ['csv', 'table']) {
      const runs = await Promise.all(
        [1, 2].map((count) => runDocket([...argv, '-f', format, '--concurrency', `${count}`])),
      );
      expect(runs[1]).toEqual(runs[0]);
      expect(runs[0]).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/budget/) });
    }
  });
});
