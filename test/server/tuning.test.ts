import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRuleSet } from '@docket/core';
import { describe, expect, test } from 'vitest';
import { startServer } from '../support/docket-server.js';
import { expectedResults, fixturesFolder } from '../support/project.js';
import { runDocket } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { ApiClient, type ApiJob } from './support/api-client.js';
import { fixture, sampleRules } from './support/documents.js';
import { launchRefused, launchServer } from './support/launch-server.js';

interface Explained {
  readonly scorer: string;
  readonly floor: number;
  readonly tuning: { readonly file: string; readonly rules: string } | null;
}

const rulesFile = join(fixturesFolder, 'rules.yaml');
const explain = async (client: ApiClient, { id }: ApiJob) => {
  return (await client.send<Explained>('GET', `/api/local/classify/${id}/explanation`)).body;
};

/** A folder with the sample rules, tuned by hand for an engine. */
async function tunedFolder(engine: string): Promise<string> {
  const folder = temporaryFolder();
  const { identity } = parseRuleSet(await sampleRules());
  const decision = [
    'decision:',
    '  floor: 0.7',
    '  margin: 0.02',
    '  thresholds: { invoice: 0.999 }',
    '  calibration: { slope: 0.8, intercept: -0.1 }',
    `  rules: ${identity}`,
    `  engine: ${JSON.stringify(engine)}`,
  ];
  writeFileSync(join(folder, 'tuned.yaml'), `${readFileSync(rulesFile, 'utf8').trimEnd()}\n${decision.join('\n')}\n`);
  return folder;
}

async function engineOfThisMachine(): Promise<string> {
  const argv = ['classify', join('documents', 'minutes.txt'), '--rules', rulesFile, '--format', 'json'];
  const [{ scorer }] = JSON.parse((await runDocket(argv)).stdout);
  return scorer;
}

test('a tuned rule set gives the same answers by command line and by API, which names the tuning', async () => {
  const tuning = await tunedFolder(await engineOfThisMachine());
  const names = [...(await expectedResults())].flatMap(([name, wanted]) => ('error' in wanted ? [] : [name]));
  const paths = names.map((name) => join('documents', name));
  const argv = ['classify', ...paths, '--rules', join(tuning, 'tuned.yaml'), '--format', 'json', '--explain'];
  const byCommand = JSON.parse((await runDocket(argv)).stdout);
  await using server = await startServer({ args: ['--tuning', tuning] });
  const client = new ApiClient(server.url);
  const rules = await sampleRules();
  const reference = { file: 'tuned.yaml', rules: parseRuleSet(rules).identity };
  let changed = 0;
  for (const [index, name] of names.entries()) {
    const { id: file_input } = await client.upload(fixture(name));
    const job = await client.classify({ file_input, configuration: { rules: [...rules].reverse() } });
    const { type, confidence, reasoning, explanation } = byCommand[index];
    expect(job.result, name).toEqual({ type, confidence, reasoning });
    const explained = await explain(client, job);
    expect({ tuning: explained.tuning, floor: explained.floor }).toEqual({
      tuning: reference,
      floor: explanation.floor,
    });
    expect(explanation.tuning).toEqual(reference);
    // Other rules are decided as ever.
    const [first, ...others] = rules as [(typeof rules)[0], ...typeof rules];
    const other = { rules: [{ ...first, description: `${first.description}!` }, ...others] };
    const untuned = await client.classify({ file_input, configuration: other });
    expect((await explain(client, untuned)).tuning).toBeNull();
    if (untuned.result?.type !== type) changed++;
  }
  expect(changed).toBeGreaterThan(0);
});

describe('a server refuses to start', () => {
  const refused = async (tuning: string) =>
    launchRefused({ dataFolder: temporaryFolder(), args: ['--tuning', tuning] });

  test('on a folder that is not there', async () => {
    const { exitCode, message } = await refused(join(temporaryFolder(), 'nowhere'));
    expect(exitCode).toBe(2);
    expect(message).toMatch(/the folder of tunings .*nowhere cannot be read; check --tuning/);
  });

  test('on rules that nothing was tuned for', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'plain.yaml'), readFileSync(rulesFile));
    expect((await refused(folder)).message).toMatch(/plain\.yaml in .* has no decision; docket bench tune writes one/);
  });

  test('on two tunings of the same rules', async () => {
    const folder = await tunedFolder('any');
    writeFileSync(join(folder, 'again.yml'), readFileSync(join(folder, 'tuned.yaml')));
    expect((await refused(folder)).message).toMatch(/again\.yml and tuned\.yaml in .* have the same rules/);
  });

  test('on rules that were changed since', async () => {
    const folder = await tunedFolder('any');
    const file = join(folder, 'tuned.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('description: ', 'description: Usually '));
    expect((await refused(folder)).message).toMatch(/tuned\.yaml was tuned for other rules/);
  });

  test('as soon as it knows that its engine is another', async () => {
    const folder = await tunedFolder('auto (evidence/0)');
    await using server = launchServer({ dataFolder: temporaryFolder(), args: ['--tuning', folder] });
    expect((await server.ended).exitCode).toBe(2);
    expect(server.log()).toMatch(/tuned\.yaml was tuned with another engine, auto \(evidence\/0\); this is auto \(/);
  });
});

test('the command line refuses a tuning of another engine, and names both', async () => {
  const folder = await tunedFolder('auto (evidence/0)');
  const argv = ['classify', join('documents', 'minutes.txt'), '--rules', join(folder, 'tuned.yaml')];
  const { exitCode, stderr } = await runDocket(argv);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(
    /tuned with another engine, auto \(evidence\/0\); this is auto \(.*run docket bench tune again/,
  );
});
