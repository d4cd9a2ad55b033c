import { signal } from '@preact/signals';

const message = signal('');

/** Has a screen reader say something when it is done with what it says. */
export function announce(text: string): void {
  // The same text twice would be no change, and no change is not said.
  message.value = message.value === text ? `${text}\u00a0` : text;
}

/** Where announcements stand; on the page once. */
export function Announcer() {
  return (
    <div class="visually-hidden" role="status" aria-live="polite" data-testid="announcer">
      {message.value}
    </div>
  );
}
