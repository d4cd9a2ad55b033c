import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { completeRules, type ParsingOptions, type Rule, type RuleDraft } from './rule.js';

/** Rules while they are written. */
export interface RuleList {
  readonly drafts: ReadonlySignal<readonly RuleDraft[]>;
  readonly parsing: Signal<ParsingOptions>;
  /** Those that the API would take. */
  readonly complete: ReadonlySignal<readonly RuleDraft[]>;
  /** @returns the key of the new rule */
  add(rule?: Rule): string;
  remove(key: string): void;
  /** By so many places, as far as there are any. @returns the new place, from 0 */
  move(key: string, places: number): number;
  change(key: string, change: Partial<Rule>): void;
  replace(rules: readonly Rule[], parsing?: ParsingOptions): void;
}

let lastKey = 0;

function draftOf({ type, description }: Rule): RuleDraft {
  lastKey += 1;
  return { key: `rule-${lastKey}`, type, description };
}

/** Makes a list of rules to write. */
export function makeRuleList(rules: readonly Rule[] = [], options: ParsingOptions = {}): RuleList {
  const drafts = signal<readonly RuleDraft[]>(rules.map(draftOf));
  const parsing = signal<ParsingOptions>(options);
  return {
    drafts,
    parsing,
    complete: computed(() => completeRules(drafts.value)),
    add(rule = { type: '', description: '' }) {
      const draft = draftOf(rule);
      drafts.value = [...drafts.value, draft];
      return draft.key;
    },
    remove(key) {
      drafts.value = drafts.value.filter((draft) => draft.key !== key);
    },
    move(key, places) {
      const from = drafts.value.findIndex((draft) => draft.key === key);
      const to = Math.min(Math.max(from + places, 0), drafts.value.length - 1);
      const moved = drafts.value[from];
      if (moved === undefined) return -1;
      drafts.value = drafts.value.toSpliced(from, 1).toSpliced(to, 0, moved);
      return to;
    },
    change(key, change) {
      drafts.value = drafts.value.map((draft) => (draft.key === key ? { ...draft, ...change } : draft));
    },
    replace(replacement, replacedParsing = {}) {
      drafts.value = replacement.map(draftOf);
      parsing.value = replacedParsing;
    },
  };
}
