import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { goTo } from '../../app/route.js';
import { Button } from '../../common/button.js';
import { ConfirmDialog } from '../../common/confirm-dialog.js';
import { ErrorNotice } from '../../common/notice.js';
import { words } from '../../i18n/language.js';
import { ParsingFields } from '../../rules/parsing-fields.js';
import type { RuleList } from '../../rules/rule-list.js';
import { RulesEditor } from '../../rules/rules-editor.js';
import { RulesToolbar } from '../../rules/rules-toolbar.js';
import { trySession } from '../try/kept-session.js';
import { DeletePresetDialog } from './delete-preset-dialog.js';
import type { Preset } from './presets-api.js';
import { UseInCode } from './use-in-code.js';
import { usePresetDraft } from './use-preset-draft.js';

/** A preset to edit. */
export interface PresetEditorProperties {
  /** Undefined: it is not saved yet. */
  readonly preset: Preset | undefined;
  /** What the fields begin with. */
  readonly start: Preset | undefined;
  /** Whether it was just made, by somebody who goes on here. */
  readonly takesFocus: boolean;
  /** Also told whether the preset is still the one that is shown. */
  readonly onSaved: (preset: Preset, isShown: boolean) => void;
  readonly onCopy: (preset: Preset) => void;
  readonly onDeleted: () => void;
}

/** The fields of a preset, and how programs use it. */
export function PresetEditor(properties: PresetEditorProperties) {
  const { preset, onDeleted } = properties;
  const { presets: text } = words();
  const draft = usePresetDraft(properties);
  const { name, list, isWhole, error, taken } = draft;
  const [isDeleting, setDeleting] = useState(false);
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    if (isWhole) void draft.save();
  };
  return (
    <form class="preset" onSubmit={save} aria-label={name || text.untitled}>
      <PresetHead properties={properties} draft={draft} onDelete={() => setDeleting(true)} />
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
      {taken && (
        <ConfirmDialog
          title={text.confirmReplace(taken.name)}
          action={text.replace}
          onConfirm={draft.replace}
          onClose={draft.keepOther}
        >
          <p>{text.confirmReplaceHint}</p>
        </ConfirmDialog>
      )}
    </form>
  );
}

function PresetHead({
  properties: { preset, takesFocus, onCopy },
  draft: { name, setName, current, list, isWhole },
  onDelete,
}: {
  readonly properties: PresetEditorProperties;
  readonly draft: ReturnType<typeof usePresetDraft>;
  readonly onDelete: () => void;
}) {
  const { presets: text, delete: deleteWord } = words();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!preset || takesFocus) field.current?.focus();
  }, []);
  return (
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
          <Button kind="danger" icon="trash" onClick={onDelete}>
            {deleteWord}
          </Button>
        </>
      )}
    </div>
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
