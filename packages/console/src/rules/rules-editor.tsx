import { useEffect, useRef } from 'preact/hooks';
import { announce } from '../common/announce.js';
import { Button } from '../common/button.js';
import { words } from '../i18n/language.js';
import { RuleFields } from './rule-fields.js';
import type { RuleList } from './rule-list.js';
import { useLint } from './use-lint.js';

/** Rules to write. */
export interface RulesEditorProperties {
  readonly list: RuleList;
  /** How many documents each type takes, where that is known. */
  readonly counts?: ReadonlyMap<string, number>;
}

/** A list of rules to write, with the lint's advice under each. */
export function RulesEditor({ list, counts }: RulesEditorProperties) {
  const { rules: text } = words();
  const drafts = list.drafts.value;
  const findings = useLint(drafts);
  const element = useRef<HTMLDivElement>(null);
  const focusKey = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (focusKey.current === undefined) return;
    element.current?.querySelector<HTMLElement>(`#${focusKey.current} input`)?.focus();
    focusKey.current = undefined;
  }, [drafts]);
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
              const place = list.move(draft.key, places);
              announce(text.moved(nameOf(draft.type, index), place + 1));
            }}
            onRemove={() => {
              // To the next rule, or the one before, so that the focus does not get lost.
              focusKey.current = (drafts[index + 1] ?? drafts[index - 1])?.key;
              list.remove(draft.key);
              announce(text.removed(nameOf(draft.type, index)));
            }}
          />
        ))}
      </ol>
      <Button
        icon="add"
        onClick={() => {
          focusKey.current = list.add();
          announce(text.added);
        }}
      >
        {text.add}
      </Button>
    </div>
  );
}
