import { useState } from 'preact/hooks';
import { goTo, hrefOf, route } from '../../app/route.js';
import { Button } from '../../common/button.js';
import { formatInstant } from '../../common/format.js';
import { EmptyState, ErrorNotice, LoadingState } from '../../common/notice.js';
import { useLoaded } from '../../common/use-loaded.js';
import { language, words } from '../../i18n/language.js';
import { PresetEditor } from './preset-editor.js';
import { listPresets, type Preset } from './presets-api.js';

/** Stands in an address for a preset that is not saved yet. */
const NEW = 'new';

/** Saved presets, and one of them to edit. */
export function PresetsView() {
  const { presets: text } = words();
  const [chosenId] = route.value.path;
  const { content, error, isLoading, reload } = useLoaded(listPresets, []);
  // What a copy begins with.
  const [draft, setDraft] = useState<Preset>();
  const presets = content ?? [];
  const chosen = chosenId === NEW ? draft : presets.find(({ id }) => id === chosenId);
  const open = (preset?: Preset) => {
    setDraft(preset);
    goTo('presets', NEW);
  };
  return (
    <div class="split">
      <section class="pane split-list" aria-labelledby="presets-title">
        <header class="pane-header">
          <h1 id="presets-title">{text.title}</h1>
          <Button icon="add" onClick={() => open()}>
            {text.create}
          </Button>
        </header>
        <div class="pane-body">
          {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
          {isLoading && !content && <LoadingState />}
          {content?.length === 0 && (
            <EmptyState title={text.empty}>
              <p>{text.emptyHint}</p>
            </EmptyState>
          )}
          <nav aria-label={text.list}>
            <ul class="choices">
              {presets.map(({ id, name, rules, updatedAt }) => (
                <li key={id}>
                  <a href={hrefOf('presets', id)} aria-current={id === chosenId ? 'true' : undefined}>
                    <span class="choice-name">{name}</span>
                    <span class="muted">
                      {text.rules(rules.length)} · {text.changed(formatInstant(updatedAt, language.value))}
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        </div>
      </section>
      <div class="split-main">
        {chosenId === NEW || chosen ? (
          <PresetEditor
            key={`${chosenId} ${draft?.id ?? ''}`}
            preset={chosenId === NEW ? undefined : chosen}
            start={chosen}
            onSaved={({ id }) => {
              reload();
              goTo('presets', id);
            }}
            onCopy={(copy) => open({ ...copy, name: text.copyName(copy.name) })}
            onDeleted={() => {
              reload();
              goTo('presets');
            }}
          />
        ) : (
          !isLoading && content && content.length > 0 && <EmptyState title={text.select} />
        )}
      </div>
    </div>
  );
}
