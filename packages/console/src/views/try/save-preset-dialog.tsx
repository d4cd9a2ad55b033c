import { useId, useState } from 'preact/hooks';
import { Button } from '../../common/button.js';
import { Dialog } from '../../common/dialog.js';
import { ErrorNotice } from '../../common/notice.js';
import { words } from '../../i18n/language.js';
import type { RuleList } from '../../rules/rule-list.js';
import { findPresetNamed, savePreset } from '../presets/presets-api.js';

/** What is saved, and who is told. */
export interface SavePresetDialogProperties {
  readonly list: RuleList;
  readonly onClose: () => void;
  readonly onSaved: (name: string) => void;
}

/** Asks for a name and saves the rules under it; over another preset only when that is said a second time. */
export function SavePresetDialog({ list, onClose, onSaved }: SavePresetDialogProperties) {
  const { rules: text, presets, cancel } = words();
  const id = useId();
  const [name, setName] = useState('');
  const [takenName, setTakenName] = useState<string>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const trimmed = name.trim();
  const isTaken = takenName === trimmed;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (trimmed === '' || isBusy) return;
    setBusy(true);
    setError(undefined);
    try {
      if (!isTaken && (await findPresetNamed(trimmed))) setTakenName(trimmed);
      else {
        await savePreset({ name: trimmed, rules: list.complete.value, parsing: list.parsing.value });
        onSaved(trimmed);
      }
    } catch (caught) {
      setError(caught);
    }
    setBusy(false);
  };
  return (
    <Dialog title={text.savePreset} onClose={onClose}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <label for={id}>{text.presetName}</label>
        <input
          id={id}
          value={name}
          required
          maxLength={255}
          autocomplete="off"
          onInput={({ currentTarget: { value } }) => setName(value)}
        />
        {isTaken && (
          <p class="notice" role="alert">
            {presets.confirmReplace(trimmed)} {presets.confirmReplaceHint}
          </p>
        )}
        {error !== undefined && <ErrorNotice error={error} />}
        <div class="form-actions">
          <Button onClick={onClose}>{cancel}</Button>
          <Button submit kind={isTaken ? 'danger' : 'primary'} isBusy={isBusy}>
            {isTaken ? presets.replace : presets.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
