import { useId, useState } from 'preact/hooks';
import { Button } from '../../common/button.js';
import { Dialog } from '../../common/dialog.js';
import { ErrorNotice } from '../../common/notice.js';
import { words } from '../../i18n/language.js';
import type { RuleList } from '../../rules/rule-list.js';
import { savePreset } from '../presets/presets-api.js';

/** Asks for a name and saves the rules under it. */
export function SavePresetDialog({
  list,
  onClose,
  onSaved,
}: {
  readonly list: RuleList;
  readonly onClose: () => void;
  readonly onSaved: (name: string) => void;
}) {
  const { rules: text, presets, cancel } = words();
  const id = useId();
  const [error, setError] = useState<unknown>();
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget as HTMLFormElement).get('name')).trim();
    if (name === '') return;
    try {
      await savePreset({ name, rules: list.complete.value, parsing: list.parsing.value });
      onSaved(name);
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <Dialog title={text.savePreset} onClose={onClose}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <label for={id}>{text.presetName}</label>
        <input id={id} name="name" required maxLength={255} autocomplete="off" aria-describedby={`${id}-hint`} />
        <p class="muted" id={`${id}-hint`}>
          {presets.nameTaken}
        </p>
        {error !== undefined && <ErrorNotice error={error} />}
        <div class="form-actions">
          <Button onClick={onClose}>{cancel}</Button>
          <Button submit kind="primary">
            {presets.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
