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
    // Not the button that closes it, which stands first.
    element.current?.querySelector<HTMLElement>('.form :is(input, textarea, select, button)')?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      class="dialog"
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        // Browsers let a second Escape in a row close a dialog whatever the page says to `cancel`.
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose?.();
      }}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onClose={({ currentTarget }) => {
        // Closed in some other way, such as the gesture of a telephone: what must be answered stays.
        if (!currentTarget.isConnected) return;
        if (onClose) onClose();
        else currentTarget.showModal();
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
