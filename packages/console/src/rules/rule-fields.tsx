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
  const { draft, name, place, isLast, findings, count, onChange, onMove, onRemove } = properties;
  const { rules: text } = words();
  const fieldsId = useId();
  // What is empty is not yet wrong: a rule is complained about once somebody has left the field.
  const [left, setLeft] = useState<ReadonlySet<RuleProblem>>(new Set());
  const problems = problemsOf(draft);
  const shown = problems.filter((problem) => left.has(problem) || draft[problem] !== '');
  const leave = (field: RuleProblem) => () => setLeft(new Set([...left, field]));
  const problemId = (field: RuleProblem) => (shown.includes(field) ? `${fieldsId}-${field}-problem` : undefined);
  return (
    <li
      id={draft.key}
      class={`rule${problems.length > 0 ? ' is-incomplete' : ''}`}
      onKeyDown={(event) => {
        if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
        event.preventDefault();
        onMove(event.key === 'ArrowUp' ? -1 : 1);
      }}
    >
      <div class="rule-head">
        <input
          class="rule-type"
          aria-label={`${text.type}, ${text.nameOf(place + 1)}`}
          aria-invalid={shown.includes('type')}
          aria-describedby={problemId('type')}
          value={draft.type}
          maxLength={100}
          placeholder={text.typePlaceholder}
          spellcheck={false}
          autocomplete="off"
          onInput={(event) => onChange({ type: event.currentTarget.value })}
          onBlur={leave('type')}
        />
        {count !== undefined && <span class="tag tag-count">{text.won(count)}</span>}
        <span class="rule-buttons">
          <Button kind="quiet" icon="up" label={text.moveUp(name)} disabled={place === 0} onClick={() => onMove(-1)} />
          <Button kind="quiet" icon="down" label={text.moveDown(name)} disabled={isLast} onClick={() => onMove(1)} />
          <Button kind="quiet" icon="close" label={text.remove(name)} onClick={onRemove} />
        </span>
      </div>
      <textarea
        class="rule-description"
        aria-label={`${text.description}, ${name}`}
        aria-invalid={shown.includes('description')}
        aria-describedby={problemId('description')}
        value={draft.description}
        rows={2}
        placeholder={text.descriptionPlaceholder}
        onInput={(event) => onChange({ description: event.currentTarget.value })}
        onBlur={leave('description')}
      />
      {shown.includes('type') && (
        <p class="field-error" id={problemId('type')}>
          {text.typeLength}
        </p>
      )}
      {shown.includes('description') && (
        <p class="field-error" id={problemId('description')}>
          {text.descriptionLength(lengthOf(draft.description))} {text.incomplete}
        </p>
      )}
      <FindingList findings={findings} />
    </li>
  );
}
