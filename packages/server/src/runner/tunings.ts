import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import {
  assertTunedFor,
  type DecisionOverrides,
  DocketError,
  parseRuleSet,
  type Rule,
  readRuleFile,
} from '@docket/core';

const EXTENSIONS: ReadonlySet<string> = new Set(['.yaml', '.yml', '.json']);

/** Thresholds of rule sets, by the hash of the rules: jobs are decided by them without knowing of it. */
export class Tunings {
  static readonly NONE = new Tunings(new Map());

  private constructor(private readonly byRules: ReadonlyMap<string, DecisionOverrides>) {}

  /**
   * Reads the rule files of a folder: YAML and JSON, without those in folders below it.
   * @throws DocketError `resource.file_not_found`; `request.invalid_configuration` for a file without a decision and for two
   *   files with the same rules; as `readRuleFile`
   */
  static async read(folder: string): Promise<Tunings> {
    const byRules = new Map<string, DecisionOverrides>();
    for (const name of await ruleFilesIn(folder)) {
      const { rules, decision } = await readRuleFile(join(folder, name));
      if (decision.file === undefined) {
        throw invalid(`${name} in ${folder} has no decision; docket bench tune writes one, or move the file elsewhere`);
      }
      const { identity } = parseRuleSet(rules);
      const other = byRules.get(identity)?.file;
      if (other !== undefined) throw invalid(`${other} and ${name} in ${folder} have the same rules; keep one of them`);
      byRules.set(identity, decision);
    }
    return new Tunings(byRules);
  }

  get size(): number {
    return this.byRules.size;
  }

  /** What the rules of a job are decided by, if anything. */
  of(rules: readonly Rule[]): DecisionOverrides | undefined {
    return this.size === 0 ? undefined : this.byRules.get(parseRuleSet(rules).identity);
  }

  /** @throws DocketError `request.stale_tuning` for what was tuned with another engine */
  assertTunedWith(engine: string): void {
    for (const [rules, decision] of this.byRules) assertTunedFor(decision, { rules, engine });
  }
}

async function ruleFilesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    const message = `the folder of tunings ${folder} cannot be read; check --tuning`;
    throw new DocketError('resource.file_not_found', message, { cause: error });
  });
  const files = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  return files.filter((name) => EXTENSIONS.has(extname(name).toLowerCase()) && !name.startsWith('.')).sort();
}

function invalid(message: string): DocketError {
  return new DocketError('request.invalid_configuration', message);
}
