import type { RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { confirmDone } from '../../common/announce.js';
import { Button } from '../../common/button.js';
import { FileButton } from '../../common/file-button.js';
import { ErrorNotice } from '../../common/notice.js';
import { words } from '../../i18n/language.js';
import { DocumentItem, type DocumentItemProperties } from './document-item.js';
import { PasteDialog } from './paste-dialog.js';
import type { TriedDocument } from './tried-document.js';
import type { TrySession } from './try-session.js';
import { type GivenFile, givenFiles } from './use-dropped-files.js';

/** The documents, and which of them is chosen. */
export interface DocumentsPaneProperties {
  readonly session: TrySession;
  readonly chosen: string | undefined;
  readonly onChoose: (key: string | undefined) => void;
  readonly onAdd: (files: readonly GivenFile[]) => void;
  readonly details: DocumentItemProperties['details'];
}

/** The documents with their answers; the chosen one with everything that is known of it. */
export function DocumentsPane({ session, chosen, onChoose, onAdd, details }: DocumentsPaneProperties) {
  const { try: text } = words();
  const documents = session.documents.value;
  const dropZone = useRef<HTMLDivElement>(null);
  const [error, setError] = useState<unknown>();
  const remove = async (removed: readonly TriedDocument[], said: string) => {
    setError(undefined);
    try {
      await session.remove(removed.map(({ key }) => key));
      confirmDone(said);
    } catch (caught) {
      setError(caught);
    }
    // What had the focus is gone.
    dropZone.current?.querySelector('button')?.focus();
  };
  return (
    <section class="pane pane-documents" aria-labelledby="documents-title">
      <header class="pane-header">
        <h2 id="documents-title">
          {text.documents} <span class="muted">{documents.length || ''}</span>
        </h2>
        <Button
          kind="primary"
          icon="play"
          label={`${text.run} (${text.runHint})`}
          disabled={documents.length === 0 || session.rules.complete.value.length === 0}
          onClick={() => session.scoreAll()}
        >
          {text.run}
        </Button>
      </header>
      <div class="pane-body">
        <DropZone zone={dropZone} count={documents.length} onAdd={onAdd} />
        {error !== undefined && <ErrorNotice error={error} />}
        {documents.length > 0 && session.rules.complete.value.length === 0 && <p class="notice">{text.needsRules}</p>}
        <ul class="documents">
          {documents.map((document) => (
            <DocumentItem
              key={document.key}
              document={document}
              isChosen={document.key === chosen}
              onChoose={() => onChoose(document.key)}
              onRetry={() => session.scoreAll()}
              onRemove={() => void remove([document], text.removed(document.name))}
              details={details}
            />
          ))}
        </ul>
        <footer class="documents-footer">
          <p class="muted">{text.expiry}</p>
          {documents.length > 0 && (
            <Button kind="danger" icon="trash" onClick={() => void remove(documents, text.deletedAll)}>
              {text.deleteAll}
            </Button>
          )}
        </footer>
      </div>
    </section>
  );
}

function DropZone({
  zone,
  count,
  onAdd,
}: {
  readonly zone: RefObject<HTMLDivElement | null>;
  readonly count: number;
  readonly onAdd: DocumentsPaneProperties['onAdd'];
}) {
  const { try: text } = words();
  const [isPasting, setPasting] = useState(false);
  return (
    <div class="drop-zone" ref={zone}>
      <span class="drop-zone-words">{text.drop}</span>
      <FileButton isMultiple onFiles={(files) => onAdd(givenFiles(files))}>
        {text.choose}
      </FileButton>
      <Button icon="text" onClick={() => setPasting(true)}>
        {text.paste}
      </Button>
      {isPasting && (
        <PasteDialog
          number={count + 1}
          onClose={() => setPasting(false)}
          onAdd={(file) => {
            setPasting(false);
            onAdd([file]);
          }}
        />
      )}
    </div>
  );
}
