import { useEffect, useState } from 'preact/hooks';
import { words } from '../../i18n/language.js';
import { quotesOfLabel } from '../../result/shown-quotes.js';
import { DocumentViewer, type ReadingState } from '../../viewer/document-viewer.js';
import type { QuoteRequest } from '../../viewer/shown-quote.js';
import { DocumentsPane } from './documents-pane.js';
import { trySession } from './kept-session.js';
import { RulesPane } from './rules-pane.js';
import type { TriedDocument } from './tried-document.js';
import { useDroppedFiles } from './use-dropped-files.js';
import { Welcome } from './welcome.js';

/** Rules beside documents, and what speaks for each. */
export function TryView() {
  const text = words();
  const { documents, rules } = trySession;
  const [chosenKey, setChosenKey] = useState<string>();
  // By its name: its place in the explanation is another one whenever rules change.
  const [labelType, setLabelType] = useState<string>();
  const [request, setRequest] = useState<QuoteRequest>();
  const chosen = documents.value.find(({ key }) => key === chosenKey) ?? documents.value[0];
  const choose = (key: string | undefined) => {
    setChosenKey(key);
    setLabelType(undefined);
    setRequest(undefined);
  };
  const addFiles = (files: readonly { readonly name: string; readonly blob: Blob }[]) => {
    const [first] = trySession.add(files);
    if (first !== undefined) choose(first);
  };
  const isDropping = useDroppedFiles(addFiles);
  const labels = chosen?.explanation?.labels ?? [];
  const label = Math.max(
    labels.findIndex(({ type }) => type === labelType),
    0,
  );
  useRunByKeyboard();
  const isEmpty = documents.value.length === 0 && rules.drafts.value.length === 0;
  return (
    <div class={`try${isDropping ? ' is-dropping' : ''}`}>
      <h1 class="visually-hidden">{text.try.title}</h1>
      <RulesPane session={trySession} />
      <DocumentsPane
        session={trySession}
        chosen={chosen?.key}
        onChoose={choose}
        onAdd={addFiles}
        details={{
          level: 3,
          label,
          onLabel: (index) => setLabelType(labels[index]?.type),
          current: request?.id,
          onShow: (id) => setRequest({ id }),
        }}
      />
      <div class={`try-viewer${chosen ? '' : ' is-empty'}`}>
        {chosen ? (
          <DocumentViewer
            key={chosen.key}
            fileId={chosen.fileId}
            file={chosen.file}
            name={chosen.name}
            reading={readingOf(chosen)}
            readPages={chosen.explanation?.pages.read}
            quotes={quotesOfLabel(chosen.explanation, label)}
            request={request}
          />
        ) : (
          <Welcome isFirst={isEmpty} onAdd={addFiles} />
        )}
      </div>
      {isDropping && (
        <div class="drop-curtain" aria-hidden="true">
          {text.try.drop}
        </div>
      )}
    </div>
  );
}

function readingOf({ state, explanation }: TriedDocument): ReadingState {
  if (explanation) return 'done';
  if (state === 'failed') return 'failed';
  return state === 'waiting' ? 'none' : 'pending';
}

/** Ctrl or Cmd with Enter runs, wherever the focus is. */
function useRunByKeyboard(): void {
  useEffect(() => {
    const run = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (!event.repeat) trySession.scoreAll();
    };
    addEventListener('keydown', run);
    return () => removeEventListener('keydown', run);
  }, []);
}
