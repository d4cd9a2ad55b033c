import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { words } from '../i18n/language.js';
import { Button } from './button.js';

/** What a dialog shows. */
export interface DialogProperties {
  readonly title: string;
  /** Called when it is closed, by Escape too. Absent: it cannot be closed. */
  readonly onClose?: () => void;
  readonly children: ComponentChildren;
}

/** A dialog over the page, that holds the focus and gives it back. */
export function Dialog({ title, onClose, children }: DialogProperties) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const before = document.activeElement;
    element.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      class="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <header class="dialog-header">
        <h2 id={titleId}>{title}</h2>
        {onClose && <Button kind="quiet" icon="close" label={words().close} onClick={onClose} />}
      </header>
      {children}
    </dialog>
  );
}
