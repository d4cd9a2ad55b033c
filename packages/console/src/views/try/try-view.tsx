import { useEffect, useState } from 'preact/hooks';
import { words } from '../../i18n/language.js';
import { quotesOfLabel } from '../../result/shown-quotes.js';
import { DocumentViewer } from '../../viewer/document-viewer.js';
import type { QuoteRequest } from '../../viewer/shown-quote.js';
import { DocumentsPane } from './documents-pane.js';
import { trySession } from './kept-session.js';
import { RulesPane } from './rules-pane.js';
import { useDroppedFiles } from './use-dropped-files.js';
import { Welcome } from './welcome.js';

/** Rules beside documents, and what speaks for each. */
export function TryView() {
  const text = words();
  const { documents, rules } = trySession;
  const [chosenKey, setChosenKey] = useState<string>();
  const [label, setLabel] = useState(0);
  const [request, setRequest] = useState<QuoteRequest>();
  const chosen = documents.value.find(({ key }) => key === chosenKey) ?? documents.value[0];
  const choose = (key: string | undefined) => {
    setChosenKey(key);
    setLabel(0);
    setRequest(undefined);
  };
  const addFiles = (files: readonly { readonly name: string; readonly blob: Blob }[]) => {
    const [first] = trySession.add(files);
    if (first !== undefined) choose(first);
  };
  const isDropping = useDroppedFiles(addFiles);
  // Quotes belong to an answer: with another one they are others.
  useEffect(() => {
    setLabel(0);
    setRequest(undefined);
  }, [chosen?.explanation]);
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
        details={{ level: 3, label, onLabel: setLabel, current: request?.id, onShow: (id) => setRequest({ id }) }}
      />
      <div class={`try-viewer${chosen ? '' : ' is-empty'}`}>
        {chosen ? (
          <DocumentViewer
            key={chosen.key}
            fileId={chosen.fileId}
            file={chosen.file}
            name={chosen.name}
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

/** Ctrl or Cmd with Enter runs, wherever the focus is. */
function useRunByKeyboard(): void {
  useEffect(() => {
    const run = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      trySession.scoreAll();
    };
    addEventListener('keydown', run);
    return () => removeEventListener('keydown', run);
  }, []);
}
