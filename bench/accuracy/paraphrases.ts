import { fileURLToPath } from 'node:url';
import { parseRuleSet, type RuleSet, readRuleFile } from '@docket/core';

/** The rules of the labelled documents in other words, twice; nothing is fitted with them. */
export async function loadParaphrases(): Promise<RuleSet[]> {
  const files = ['1.yaml', '2.yaml'].map((name) => fileURLToPath(new URL(`./paraphrases/${name}`, import.meta.url)));
  return await Promise.all(files.map(async (file) => parseRuleSet((await readRuleFile(file)).rules)));
}
