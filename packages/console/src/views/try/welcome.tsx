import { useState } from 'preact/hooks';
import { Button } from '../../common/button.js';
import { EmptyState, ErrorNotice } from '../../common/notice.js';
import { words } from '../../i18n/language.js';
import { trySession } from './kept-session.js';
import { scoreApi } from './score-api.js';
import type { GivenFile } from './use-dropped-files.js';

/** What a visitor sees before there is a document: what this is for, and the samples. */
export function Welcome({
  isFirst,
  onAdd,
}: {
  readonly isFirst: boolean;
  readonly onAdd: (files: readonly GivenFile[]) => void;
}) {
  const { try: text } = words();
  const [isLoading, setLoading] = useState(false);
  const [error, setError] = useState<unknown>();
  const openSamples = async () => {
    setLoading(true);
    setError(undefined);
    try {
      const { rules, documents } = await scoreApi.samples();
      // Rules that somebody wrote are theirs.
      if (trySession.rules.drafts.value.length === 0) trySession.rules.replace(rules);
      onAdd(documents);
    } catch (caught) {
      setError(caught);
    }
    setLoading(false);
  };
  return (
    <EmptyState title={isFirst ? text.welcome : text.drop}>
      <p>{text.welcomeText}</p>
      <p>
        <Button kind="primary" icon="file" disabled={isLoading} onClick={() => void openSamples()}>
          {text.samples}
        </Button>
      </p>
      <p class="muted">{text.samplesText}</p>
      {error !== undefined && <ErrorNotice error={error} />}
    </EmptyState>
  );
}
