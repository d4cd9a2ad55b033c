import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../common/button.js';
import { ErrorNotice } from '../../common/notice.js';
import { words } from '../../i18n/language.js';
import { ConfidenceBar } from '../../result/confidence-bar.js';
import { ResultDetails, type ResultDetailsProperties } from '../../result/result-details.js';
import type { TriedDocument } from './tried-document.js';

/** A document in the list. */
export interface DocumentItemProperties {
  readonly document: TriedDocument;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly onRetry: () => void;
  readonly onRemove: () => void;
  readonly details: Omit<ResultDetailsProperties, 'result' | 'explanation'>;
}

/** A document with its answer; when it is chosen, with what stands behind that. */
export function DocumentItem({ document, isChosen, onChoose, onRetry, onRemove, details }: DocumentItemProperties) {
  const text = words();
  const element = useRef<HTMLLIElement>(null);
  // Its place changes when another one, that was chosen before, gets smaller.
  useEffect(() => {
    if (isChosen) element.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  const { name, state, result, explanation, typeBefore, error } = document;
  const isBusy = state === 'uploading' || state === 'scoring';
  return (
    <li
      ref={element}
      class={`document is-${state}${isChosen ? ' is-chosen' : ''}`}
      data-state={state}
      aria-busy={isBusy}
    >
      <div class="document-head">
        <button type="button" class="document-button" aria-current={isChosen ? 'true' : undefined} onClick={onChoose}>
          <span class="document-name" title={name}>
            {name}
          </span>
          {result && explanation ? (
            <span class="document-answer">
              <span class={`type${result.type === null ? ' type-none' : ''}`}>{result.type ?? text.noType}</span>
              {typeBefore !== undefined && (
                <span class="tag tag-change">{text.try.changedFrom(typeBefore ?? text.noType)}</span>
              )}
              {state === 'failed' && <span class="tag tag-bad">{text.try.states.failed}</span>}
              {!isChosen && (
                <ConfidenceBar
                  type={result.type}
                  confidence={result.confidence}
                  floor={explanation.floor}
                  kind={result.type === null ? 'rejected' : 'answer'}
                />
              )}
            </span>
          ) : (
            <span class="document-state">
              {isBusy && <span class="spinner" aria-hidden="true" />}
              {text.try.states[state]}
            </span>
          )}
        </button>
        <Button kind="quiet" icon="trash" label={text.try.remove(name)} onClick={onRemove} />
      </div>
      {isChosen && error !== undefined && <ErrorNotice error={error} onRetry={onRetry} />}
      {isChosen && result && explanation && <ResultDetails result={result} explanation={explanation} {...details} />}
    </li>
  );
}
