import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { announce } from '../common/announce.js';
import { Button } from '../common/button.js';
import { words } from '../i18n/language.js';
import type { RuleDraft } from './rule.js';
import { RuleFields } from './rule-fields.js';
import type { RuleList } from './rule-list.js';
import { useLint } from './use-lint.js';

/** Rules to write. */
export interface RulesEditorProperties {
  readonly list: RuleList;
  /** How many documents each type takes, where that is known. */
  readonly counts?: ReadonlyMap<string, number>;
}

const ADD = 'rules-add';

/** A list of rules to write, with the lint's advice under each. */
export function RulesEditor({ list, counts }: RulesEditorProperties) {
  const { rules: text } = words();
  const drafts = list.drafts.value;
  const findings = useLint(drafts);
  const element = useRef<HTMLDivElement>(null);
  const { takeFocus, keepFocus } = useFocusOfRules(element, drafts);
  const nameOf = (type: string, index: number) => (type === '' ? text.nameOf(index + 1) : type);
  return (
    <div class="rules" ref={element}>
      {drafts.length === 0 && (
        <div class="empty">
          <strong>{text.empty}</strong>
          <p>{text.emptyHint}</p>
        </div>
      )}
      <ol class="rule-list">
        {drafts.map((draft, index) => (
          <RuleFields
            key={draft.key}
            draft={draft}
            name={nameOf(draft.type, index)}
            place={index}
            isLast={index === drafts.length - 1}
            findings={findings.get(draft.key) ?? []}
            count={counts?.get(draft.type)}
            onChange={(change) => list.change(draft.key, change)}
            onMove={(places) => {
              keepFocus();
              const place = list.move(draft.key, places);
              announce(text.moved(nameOf(draft.type, index), place + 1));
            }}
            onRemove={() => {
              // To the next rule, or the one before, or where one is added, so that the focus does not get lost.
              takeFocus((drafts[index + 1] ?? drafts[index - 1])?.key ?? ADD);
              list.remove(draft.key);
              announce(text.removed(nameOf(draft.type, index)));
            }}
          />
        ))}
      </ol>
      <div class="rules-add" id={ADD}>
        <Button
          icon="add"
          onClick={() => {
            takeFocus(list.add());
            announce(text.added);
          }}
        >
          {text.add}
        </Button>
      </div>
    </div>
  );
}

/** Where the focus goes when rules come, go and move. */
function useFocusOfRules(element: RefObject<HTMLElement | null>, drafts: readonly RuleDraft[]) {
  const next = useRef<string | HTMLElement | undefined>(undefined);
  useLayoutEffect(() => {
    const wish = next.current;
    next.current = undefined;
    if (wish === undefined) return;
    if (typeof wish === 'string') element.current?.querySelector<HTMLElement>(`#${wish} :is(input, button)`)?.focus();
    // A button that leads nowhere any more cannot have it.
    else if (wish.matches(':disabled')) wish.closest('.rule')?.querySelector('input')?.focus();
    else wish.focus();
  }, [drafts]);
  return {
    /** Gives the focus to what has this id, once it is there. */
    takeFocus: (id: string) => {
      next.current = id;
    },
    /** Leaves it where it is: what is moved on a page loses it. */
    keepFocus: () => {
      const { activeElement } = document;
      if (activeElement instanceof HTMLElement && element.current?.contains(activeElement))
        next.current = activeElement;
    },
  };
}
