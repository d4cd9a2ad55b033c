import { signal } from '@preact/signals';

/** Whether something was written that would be lost if the page went elsewhere. */
export const hasUnsaved = signal(false);

/** What is waiting for somebody to say that what is unsaved may be lost. */
export const pendingLeave = signal<(() => void) | undefined>(undefined);

/** Does something by which what is unsaved is lost: at once where nothing is, else after it was asked for. */
export function leaveThen(action: () => void): void {
  if (hasUnsaved.peek()) pendingLeave.value = action;
  else action();
}

/** Has the browser ask before the page is closed or loaded anew with something unsaved. */
export function guardUnload(): void {
  addEventListener('beforeunload', (event) => {
    if (hasUnsaved.peek()) event.preventDefault();
  });
}
