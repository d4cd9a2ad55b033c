import type { ComponentChildren } from 'preact';
import { ApiError } from '../api/api-error.js';
import { describeError } from '../api/describe-error.js';
import { words } from '../i18n/language.js';
import { Button } from './button.js';

/** What went wrong, and what can be done about it. */
export interface ErrorNoticeProperties {
  readonly error: unknown;
  readonly onRetry?: () => void;
  /** Called when somebody has read it. Absent: it stays until it is settled. */
  readonly onClose?: () => void;
}

/** Says what went wrong, and offers to try again where that may help. */
export function ErrorNotice({ error, onRetry, onClose }: ErrorNoticeProperties) {
  const text = words();
  return (
    <div class="notice notice-error" role="alert">
      <strong>{text.errors.title}</strong>
      {/* The server speaks English. */}
      <p lang={error instanceof ApiError && error.detail !== undefined ? 'en' : undefined}>
        {describeError(error, text)}
      </p>
      {onRetry && (
        <Button icon="refresh" onClick={onRetry}>
          {text.retry}
        </Button>
      )}
      {onClose && (
        <Button icon="close" onClick={onClose}>
          {text.close}
        </Button>
      )}
    </div>
  );
}

/** Stands where there is nothing yet, and says how that changes. */
export function EmptyState({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** Stands where something is being loaded. */
export function LoadingState() {
  return (
    <div class="loading" role="status">
      <span class="spinner" aria-hidden="true" />
      {words().loading}
    </div>
  );
}
