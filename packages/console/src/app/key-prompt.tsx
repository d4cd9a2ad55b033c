import { useId, useState } from 'preact/hooks';
import { isPossibleKey, keyWanted, setSessionKey } from '../api/session-key.js';
import { Button } from '../common/button.js';
import { Dialog } from '../common/dialog.js';
import { words } from '../i18n/language.js';

/** Asks for the API key when the server wants one. */
export function KeyPrompt() {
  const fieldId = useId();
  const hintId = useId();
  const [isImpossible, setImpossible] = useState(false);
  if (keyWanted.value === undefined) return null;
  const { key: text } = words();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const key = String(new FormData(event.currentTarget as HTMLFormElement).get('key') ?? '').trim();
    setImpossible(key !== '' && !isPossibleKey(key));
    if (isPossibleKey(key)) setSessionKey(key);
  };
  const problem = isImpossible ? text.impossible : keyWanted.value === 'refused' ? text.refused : undefined;
  return (
    <Dialog title={text.title}>
      <form class="form" onSubmit={submit}>
        <p id={hintId}>{text.explanation}</p>
        <label for={fieldId}>{text.label}</label>
        <input id={fieldId} name="key" type="password" autocomplete="off" aria-describedby={hintId} required />
        {problem !== undefined && (
          <p class="field-error" role="alert">
            {problem}
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
