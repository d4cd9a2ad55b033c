import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { completeRules, type ParsingOptions, type Rule, type RuleDraft } from './rule.js';

/** What of a rule file is kept but not used here, such as its `decision`. */
export type FileRest = Readonly<Record<string, unknown>>;

/** All that a list of rules holds. */
export interface RuleContent {
  readonly drafts: readonly RuleDraft[];
  readonly parsing: ParsingOptions;
  readonly rest: FileRest;
}

/** Rules while they are written. */
export interface RuleList {
  readonly drafts: ReadonlySignal<readonly RuleDraft[]>;
  readonly parsing: Signal<ParsingOptions>;
  readonly rest: ReadonlySignal<FileRest>;
  /** Those that the API would take. */
  readonly complete: ReadonlySignal<readonly RuleDraft[]>;
  /** What was there before all of it was replaced; undefined: nothing that could be missed. */
  readonly replaced: ReadonlySignal<RuleContent | undefined>;
  /** @returns the key of the new rule */
  add(rule?: Rule): string;
  remove(key: string): void;
  /** By so many places, as far as there are any. @returns the new place, from 0 */
  move(key: string, places: number): number;
  change(key: string, change: Partial<Rule>): void;
  /** Puts others in the place of all rules, and keeps what was there. */
  replace(rules: readonly Rule[], parsing?: ParsingOptions, rest?: FileRest): void;
  /** Brings back what was replaced last. */
  undo(): void;
  /** Forgets what was replaced. */
  settle(): void;
}

let lastKey = 0;

function draftOf({ type, description }: Rule): RuleDraft {
  lastKey += 1;
  return { key: `rule-${lastKey}`, type, description };
}

/** Makes a list of rules to write. */
export function makeRuleList(
  rules: readonly Rule[] = [],
  options: ParsingOptions = {},
  fileRest: FileRest = {},
): RuleList {
  const drafts = signal<readonly RuleDraft[]>(rules.map(draftOf));
  const parsing = signal<ParsingOptions>(options);
  const rest = signal<FileRest>(fileRest);
  const replaced = signal<RuleContent | undefined>(undefined);
  const show = (content: RuleContent) =>
    batch(() => {
      drafts.value = content.drafts;
      parsing.value = content.parsing;
      rest.value = content.rest;
    });
  return {
    drafts,
    parsing,
    rest,
    replaced,
    complete: computed(() => completeRules(drafts.value)),
    ...editing(drafts),
    replace(replacement, replacedParsing = {}, replacedRest = {}) {
      const before = { drafts: drafts.value, parsing: parsing.value, rest: rest.value };
      replaced.value = before.drafts.length > 0 ? before : undefined;
      show({ drafts: replacement.map(draftOf), parsing: replacedParsing, rest: replacedRest });
    },
    undo() {
      if (replaced.value) show(replaced.value);
      replaced.value = undefined;
    },
    settle() {
      replaced.value = undefined;
    },
  };
}

function editing(drafts: Signal<readonly RuleDraft[]>): Pick<RuleList, 'add' | 'remove' | 'move' | 'change'> {
  return {
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
  };
}
