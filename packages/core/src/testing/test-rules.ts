import { readFile } from 'node:fs/promises';
import { readRuleFile } from '../rules/rule-file.js';
import type { Rule } from '../rules/rule-set.js';
import { fixture } from './fixtures.js';

/** The rules that go with the fixture documents. */
export async function fixtureRules(): Promise<readonly Rule[]> {
  return (await readRuleFile(fixture('rules.yaml'))).rules;
}

/** What each fixture document is: its label, null, or the code of its error. */
export async function expectedResults(): Promise<Record<string, { type?: string | null; error?: string }>> {
  return JSON.parse(await readFile(fixture('expected.json'), 'utf8'));
}
