import { useId, useState } from 'preact/hooks';
import type { LintFinding } from '../api/types.js';
import { Button } from '../common/button.js';
import { words } from '../i18n/language.js';
import { FindingList } from './finding-list.js';
import { lengthOf, problemsOf, type Rule, type RuleDraft, type RuleProblem } from './rule.js';

/** One rule to write. */
export interface RuleFieldsProperties {
  readonly draft: RuleDraft;
  /** What it is called. */
  readonly name: string;
  /** From 0. */
  readonly place: number;
  readonly isLast: boolean;
  readonly findings: readonly LintFinding[];
  readonly count: number | undefined;
  readonly onChange: (change: Partial<Rule>) => void;
  readonly onMove: (places: number) => void;
  readonly onRemove: () => void;
}

/** The fields of a rule, what is wrong with it, and the lint's advice. Alt with an arrow moves it. */
export function RuleFields(properties: RuleFieldsProperties) {
  const { draft, name, place, findings, count, onChange, onMove } = properties;
  const { rules: text } = words();
  const id = useId();
  const { isWhole, shown, leave } = useProblems(draft);
  const findingsId = `${id}-findings`;
  const fieldOf = (field: RuleProblem) => ({
    'aria-invalid': shown.includes(field),
    'aria-describedby': shown.includes(field) ? `${id}-${field}-problem ${findingsId}` : findingsId,
    value: draft[field],
    onInput: ({ currentTarget: { value } }: FieldEvent) => onChange({ [field]: value }),
    onBlur: () => leave(field),
  });
  return (
    <li
      id={draft.key}
      class={`rule${isWhole ? '' : ' is-incomplete'}`}
      onKeyDown={(event) => {
        if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
        event.preventDefault();
        onMove(event.key === 'ArrowUp' ? -1 : 1);
      }}
    >
      <div class="rule-head">
        <input
          {...fieldOf('type')}
          class="rule-type"
          aria-label={`${text.type}, ${text.nameOf(place + 1)}`}
          maxLength={100}
          placeholder={text.typePlaceholder}
          spellcheck={false}
          autocomplete="off"
        />
        {count !== undefined && <span class="tag tag-count">{text.won(count)}</span>}
        <RuleButtons {...properties} />
      </div>
      <textarea
        {...fieldOf('description')}
        class="rule-description"
        aria-label={`${text.description}, ${name}`}
        rows={2}
        placeholder={text.descriptionPlaceholder}
      />
      {shown.map((field) => (
        <p key={field} class="field-error" id={`${id}-${field}-problem`}>
          {field === 'type' ? text.typeLength : text.descriptionLength(lengthOf(draft.description))}
          {field === 'description' && ` ${text.incomplete}`}
        </p>
      ))}
      <FindingList id={findingsId} findings={findings} />
    </li>
  );
}

interface FieldEvent {
  readonly currentTarget: { readonly value: string };
}

/** What is empty is not yet wrong: a rule is complained about once somebody has left the field. */
function useProblems(draft: RuleDraft) {
  const [left, setLeft] = useState<ReadonlySet<RuleProblem>>(new Set());
  const problems = problemsOf(draft);
  return {
    isWhole: problems.length === 0,
    shown: problems.filter((problem) => left.has(problem) || draft[problem] !== ''),
    leave: (field: RuleProblem) => setLeft((before) => new Set([...before, field])),
  };
}

function RuleButtons({ name, place, isLast, onMove, onRemove }: RuleFieldsProperties) {
  const { rules: text } = words();
  return (
    <span class="rule-buttons">
      <Button kind="quiet" icon="up" label={text.moveUp(name)} disabled={place === 0} onClick={() => onMove(-1)} />
      <Button kind="quiet" icon="down" label={text.moveDown(name)} disabled={isLast} onClick={() => onMove(1)} />
      <Button kind="quiet" icon="close" label={text.remove(name)} onClick={onRemove} />
    </span>
  );
}
