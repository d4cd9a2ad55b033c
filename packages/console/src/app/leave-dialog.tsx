import { ConfirmDialog } from '../common/confirm-dialog.js';
import { words } from '../i18n/language.js';
import { hasUnsaved, pendingLeave } from './unsaved.js';

/** Asks whether what is unsaved may be lost. */
export function LeaveDialog() {
  const action = pendingLeave.value;
  if (!action) return null;
  const { unsaved: text } = words();
  const close = () => {
    pendingLeave.value = undefined;
  };
  const leave = () => {
    hasUnsaved.value = false;
    close();
    action();
  };
  return (
    <ConfirmDialog title={text.title} action={text.discard} onConfirm={leave} onClose={close}>
      <p>{text.explanation}</p>
    </ConfirmDialog>
  );
}
