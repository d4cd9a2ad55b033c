import { useId } from 'preact/hooks';
import { keyWanted, setSessionKey } from '../api/session-key.js';
import { Button } from '../common/button.js';
import { Dialog } from '../common/dialog.js';
import { words } from '../i18n/language.js';

/** Asks for the API key when the server wants one. */
export function KeyPrompt() {
  const fieldId = useId();
  const hintId = useId();
  if (keyWanted.value === undefined) return null;
  const { key: text } = words();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const key = String(new FormData(event.currentTarget as HTMLFormElement).get('key') ?? '').trim();
    if (key !== '') setSessionKey(key);
  };
  return (
    <Dialog title={text.title}>
      <form class="form" onSubmit={submit}>
        <p id={hintId}>{text.explanation}</p>
        <label for={fieldId}>{text.label}</label>
        <input id={fieldId} name="key" type="password" autocomplete="off" aria-describedby={hintId} required />
        {keyWanted.value === 'refused' && (
          <p class="field-error" role="alert">
            {text.refused}
          </p>
        )}
        <div class="form-actions">
          <Button submit kind="primary">
            {text.submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
