import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { words } from '../i18n/language.js';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import type { IconName } from './icons.js';
import { ErrorNotice } from './notice.js';

/** A question, and what is done when it is answered with yes. */
export interface ConfirmDialogProperties {
  readonly title: string;
  /** On the button that does it. */
  readonly action: string;
  readonly icon?: IconName;
  /** What fails is shown in the dialog, which stays open then. */
  readonly onConfirm: () => Promise<void> | void;
  readonly onClose: () => void;
  readonly children?: ComponentChildren;
}

/** Asks before something is done that cannot be undone. */
export function ConfirmDialog({ title, action, icon, onConfirm, onClose, children }: ConfirmDialogProperties) {
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
    } catch (caught) {
      setError(caught);
    }
    setBusy(false);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="form">
        {children}
        {error !== undefined && <ErrorNotice error={error} />}
        <div class="form-actions">
          <Button onClick={onClose}>{words().cancel}</Button>
          <Button kind="danger" isBusy={isBusy} {...(icon && { icon })} onClick={() => void confirm()}>
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
