import { useEffect, useState } from 'preact/hooks';
import { api, contentOf } from '../api/api.js';
import { sessionKey } from '../api/session-key.js';
import type { LintFinding } from '../api/types.js';
import { completeRules, type RuleDraft } from './rule.js';

const PAUSE_MS = 300;

/** What the lint says of each complete rule, by its key, a moment after it was last changed. */
export function useLint(drafts: readonly RuleDraft[]): ReadonlyMap<string, readonly LintFinding[]> {
  const [findings, setFindings] = useState<ReadonlyMap<string, readonly LintFinding[]>>(new Map());
  useEffect(() => {
    const complete = completeRules(drafts);
    if (complete.length === 0) return setFindings(new Map());
    const controller = new AbortController();
    const { signal } = controller;
    const ask = async () => {
      const body = { rules: complete.map(({ type, description }) => ({ type, description })) };
      const answer = await contentOf(api.POST('/api/local/lint', { body, signal }));
      setFindings(byRule(answer.findings, complete));
    };
    // Advice that cannot be had is done without.
    const timer = setTimeout(() => ask().catch(() => {}), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [drafts, sessionKey.value]);
  return findings;
}

/** Sorts findings by the rules that they speak of; one about several rules stands at each. */
export function byRule(
  findings: readonly LintFinding[],
  drafts: readonly { readonly key: string }[],
): ReadonlyMap<string, readonly LintFinding[]> {
  const found = new Map<string, LintFinding[]>();
  for (const finding of findings) {
    for (const index of finding.rules) {
      const key = drafts[index]?.key;
      if (key !== undefined) found.set(key, [...(found.get(key) ?? []), finding]);
    }
  }
  return found;
}
