import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icons.js';

/** What a button is and does. */
export interface ButtonProperties {
  readonly onClick?: () => void;
  readonly icon?: IconName;
  /** The name where there are no words, or where they are too few. */
  readonly label?: string;
  readonly kind?: 'primary' | 'plain' | 'danger' | 'quiet';
  readonly disabled?: boolean;
  /** Whether what it does is being done: it does nothing then, and keeps the focus. */
  readonly isBusy?: boolean;
  readonly submit?: boolean;
  readonly tabIndex?: number;
  readonly children?: ComponentChildren;
}

/** A button, with words, a drawing or both. */
export function Button({
  onClick,
  icon,
  label,
  kind = 'plain',
  disabled,
  isBusy = false,
  submit,
  tabIndex,
  children,
}: ButtonProperties) {
  return (
    <button
      type={submit === true ? 'submit' : 'button'}
      class={`button button-${kind}${children === undefined ? ' button-icon' : ''}`}
      aria-label={label}
      title={children === undefined ? label : undefined}
      disabled={disabled === true}
      aria-disabled={isBusy ? 'true' : undefined}
      tabIndex={tabIndex}
      onClick={(event) => {
        if (!isBusy) onClick?.();
        else event.preventDefault();
      }}
    >
      {icon !== undefined && <Icon name={icon} />}
      {children !== undefined && <span>{children}</span>}
    </button>
  );
}
