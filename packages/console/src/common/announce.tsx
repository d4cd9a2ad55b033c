import { signal } from '@preact/signals';

/** Long enough to be read. */
const SHOWN_MS = 4000;

const message = signal('');
const shown = signal<string | undefined>(undefined);
let timer: ReturnType<typeof setTimeout> | undefined;

/** Has a screen reader say something when it is done with what it says. */
export function announce(text: string): void {
  // The same text twice would be no change, and no change is not said.
  message.value = message.value === text ? `${text}\u00a0` : text;
}

/** Says that something that somebody did is done: to screen readers, and for a moment to all others. */
export function confirmDone(text: string): void {
  announce(text);
  shown.value = text;
  clearTimeout(timer);
  timer = setTimeout(() => {
    shown.value = undefined;
  }, SHOWN_MS);
}

/** Where announcements stand; on the page once. */
export function Announcer() {
  return (
    <>
      <div class="visually-hidden" role="status" aria-live="polite" data-testid="announcer">
        {message.value}
      </div>
      {shown.value !== undefined && (
        <div class="toast" aria-hidden="true">
          {shown.value}
        </div>
      )}
    </>
  );
}
