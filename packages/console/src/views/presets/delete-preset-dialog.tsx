import { hasUnsaved } from '../../app/unsaved.js';
import { confirmDone } from '../../common/announce.js';
import { ConfirmDialog } from '../../common/confirm-dialog.js';
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
  const { presets: text, delete: deleteWord } = words();
  const remove = async () => {
    await deletePreset(preset.id);
    hasUnsaved.value = false;
    onClose();
    confirmDone(text.deleted(preset.name));
    onDeleted();
  };
  return (
    <ConfirmDialog
      title={text.confirmDelete(preset.name)}
      action={deleteWord}
      icon="trash"
      onConfirm={remove}
      onClose={onClose}
    />
  );
}
