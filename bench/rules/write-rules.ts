import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Rule } from '@docket/core';
import { listTextSets, type TextSet, textSetsExist } from '../accuracy/texts/text-sets.js';
import { labelWords } from './label-words.js';
import { PLAIN_DESCRIPTIONS } from './plain-descriptions.js';

/** Sets without labels of their own: their texts belong to none of the other set's rules. */
const RULES_OF: Readonly<Record<string, string>> = { clinc150_oos: 'clinc_domains10' };

/** Writes the rule files of the text sets. Run: `pnpm --filter @docket/bench rules`. */
async function main(): Promise<void> {
  if (!textSetsExist()) return console.log('skipped: the text sets (../shared/eval/texts) are not here');
  const sets = await listTextSets();
  for (const set of sets) {
    const source = sets.find(({ name }) => name === RULES_OF[set.name]) ?? set;
    await write(`${set.name}.names.yaml`, namesOf(source));
    const plain = Object.entries(PLAIN_DESCRIPTIONS[set.name] ?? {});
    const rules = plain.map(([type, description]) => ({ type, description }));
    if (rules.length > 0) await write(`${set.name}.plain.yaml`, rules);
  }
}

function namesOf({ name, labels }: TextSet): Rule[] {
  return labels.map((type) => ({ type, description: `Text about ${labelWords(name, type)}.` }));
}

async function write(file: string, rules: readonly Rule[]): Promise<void> {
  // A string in JSON is one in YAML too.
  const lines = rules.flatMap(({ type, description }) => [
    `  - type: ${JSON.stringify(type)}`,
    `    description: ${JSON.stringify(description)}`,
  ]);
  const text = ['# Written by write-rules.ts from the names of the labels.', 'rules:', ...lines, ''].join('\n');
  await writeFile(fileURLToPath(new URL(file, import.meta.url)), text);
}

await main();
