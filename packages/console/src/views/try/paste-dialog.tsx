import { useId } from 'preact/hooks';
import { Button } from '../../common/button.js';
import { Dialog } from '../../common/dialog.js';
import { words } from '../../i18n/language.js';
import type { GivenFile } from './use-dropped-files.js';

/** Takes a text that is pasted or typed as a document. */
export function PasteDialog({
  number,
  onClose,
  onAdd,
}: {
  readonly number: number;
  readonly onClose: () => void;
  readonly onAdd: (file: GivenFile) => void;
}) {
  const { try: text, cancel } = words();
  const id = useId();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const content = String(form.get('text'));
    if (content.trim() === '') return;
    const name = String(form.get('name')).trim() || text.pastedName(number);
    onAdd({ name: name.includes('.') ? name : `${name}.txt`, blob: new Blob([content], { type: 'text/plain' }) });
  };
  return (
    <Dialog title={text.pasteTitle} onClose={onClose}>
      <form class="form" onSubmit={submit}>
        <label for={`${id}-name`}>{text.pasteName}</label>
        <input id={`${id}-name`} name="name" defaultValue={text.pastedName(number)} autocomplete="off" />
        <label for={`${id}-text`}>{text.pasteLabel}</label>
        <textarea id={`${id}-text`} name="text" rows={12} required />
        <div class="form-actions">
          <Button onClick={onClose}>{cancel}</Button>
          <Button submit kind="primary">
            {text.pasteSubmit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
