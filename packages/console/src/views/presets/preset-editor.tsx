import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { goTo } from '../../app/route.js';
import { announce } from '../../common/announce.js';
import { Button } from '../../common/button.js';
import { ErrorNotice } from '../../common/notice.js';
import { words } from '../../i18n/language.js';
import { ParsingFields } from '../../rules/parsing-fields.js';
import { makeRuleList, type RuleList } from '../../rules/rule-list.js';
import { RulesEditor } from '../../rules/rules-editor.js';
import { RulesToolbar } from '../../rules/rules-toolbar.js';
import { trySession } from '../try/kept-session.js';
import { DeletePresetDialog } from './delete-preset-dialog.js';
import { type Preset, savePreset } from './presets-api.js';
import { UseInCode } from './use-in-code.js';

/** A preset to edit. */
export interface PresetEditorProperties {
  /** Undefined: it is not saved yet. */
  readonly preset: Preset | undefined;
  /** What the fields begin with. */
  readonly start: Preset | undefined;
  readonly onSaved: (preset: Preset) => void;
  readonly onCopy: (preset: Preset) => void;
  readonly onDeleted: () => void;
}

/** The fields of a preset, and how programs use it. */
export function PresetEditor({ preset, start, onSaved, onCopy, onDeleted }: PresetEditorProperties) {
  const { presets: text, delete: deleteWord } = words();
  const id = useId();
  const [name, setName] = useState(start?.name ?? '');
  const list = useMemo(() => makeRuleList(start?.rules, start?.parsing), []);
  const [error, setError] = useState<unknown>();
  const [isDeleting, setDeleting] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!preset) field.current?.focus();
  }, []);
  const isWhole =
    name.trim() !== '' && list.drafts.value.length > 0 && list.complete.value.length === list.drafts.value.length;
  const current = { name: name.trim(), rules: list.drafts.value, parsing: list.parsing.value };
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!isWhole) return;
    try {
      const saved = await savePreset(current, preset?.id);
      setError(undefined);
      announce(text.saved(saved.name));
      onSaved(saved);
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <form class="preset" onSubmit={(event) => void save(event)} aria-label={name || text.untitled}>
      <div class="preset-head">
        <label for={id}>{text.name}</label>
        <input
          id={id}
          ref={field}
          class="preset-name"
          value={name}
          required
          maxLength={255}
          autocomplete="off"
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <Button submit kind="primary" disabled={!isWhole}>
          {text.save}
        </Button>
        <OpenInTry list={list} />
        {preset && (
          <>
            <Button icon="copy" onClick={() => onCopy({ ...preset, ...current })}>
              {text.copy}
            </Button>
            <Button kind="danger" icon="trash" onClick={() => setDeleting(true)}>
              {deleteWord}
            </Button>
          </>
        )}
      </div>
      {!isWhole && list.drafts.value.length > 0 && <p class="muted">{text.incomplete}</p>}
      {error !== undefined && <ErrorNotice error={error} />}
      <div class="preset-columns">
        <div class="preset-rules">
          <RulesToolbar list={list} />
          <RulesEditor list={list} />
          <ParsingFields list={list} />
        </div>
        {preset && <UseInCode presetId={preset.id} />}
      </div>
      {isDeleting && preset && (
        <DeletePresetDialog preset={preset} onClose={() => setDeleting(false)} onDeleted={onDeleted} />
      )}
    </form>
  );
}

function OpenInTry({ list }: { readonly list: RuleList }) {
  return (
    <Button
      icon="play"
      disabled={list.complete.value.length === 0}
      onClick={() => {
        trySession.rules.replace(list.complete.value, list.parsing.value);
        goTo('try');
      }}
    >
      {words().presets.open}
    </Button>
  );
}
