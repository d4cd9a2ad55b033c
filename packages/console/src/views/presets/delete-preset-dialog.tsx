import { useState } from 'preact/hooks';
import { announce } from '../../common/announce.js';
import { Button } from '../../common/button.js';
import { Dialog } from '../../common/dialog.js';
import { ErrorNotice } from '../../common/notice.js';
import { words } from '../../i18n/language.js';
import { deletePreset, type Preset } from './presets-api.js';

/** Asks whether a preset is to be deleted: programs may use it. */
export function DeletePresetDialog({
  preset,
  onClose,
  onDeleted,
}: {
  readonly preset: Preset;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}) {
  const { presets: text, cancel, delete: deleteWord } = words();
  const [error, setError] = useState<unknown>();
  const remove = async () => {
    try {
      await deletePreset(preset.id);
      onClose();
      announce(text.deleted(preset.name));
      onDeleted();
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <Dialog title={text.confirmDelete(preset.name)} onClose={onClose}>
      <div class="form">
        {error !== undefined && <ErrorNotice error={error} />}
        <div class="form-actions">
          <Button onClick={onClose}>{cancel}</Button>
          <Button kind="danger" icon="trash" onClick={() => void remove()}>
            {deleteWord}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
