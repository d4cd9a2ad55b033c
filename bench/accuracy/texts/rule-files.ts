import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseRuleSet, type RuleSet, readRuleFile } from '@docket/core';

/** A rule file of a text set. */
export interface TextRules {
  /** `<set>.<style>`. */
  readonly name: string;
  /** The text set. */
  readonly set: string;
  /** `names`: from the label alone. `plain`: one line per label. */
  readonly style: string;
  readonly ruleSet: RuleSet;
}

const folder = new URL('../../rules/', import.meta.url);

/**
 * Every rule file in `bench/rules`, sorted by name.
 * @throws DocketError `request.invalid_rules`
 */
export async function loadTextRules(): Promise<TextRules[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).sort();
  return Promise.all(
    files.map(async (file) => {
      const { rules } = await readRuleFile(fileURLToPath(new URL(file, folder)));
      const name = file.slice(0, -'.yaml'.length);
      const [set = '', style = ''] = name.split('.');
      return { name, set, style, ruleSet: parseRuleSet(rules) };
    }),
  );
}
