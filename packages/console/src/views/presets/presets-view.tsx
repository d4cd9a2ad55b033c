import { useEffect, useRef, useState } from 'preact/hooks';
import { goTo, hrefOf, route } from '../../app/route.js';
import { leaveThen } from '../../app/unsaved.js';
import { Button } from '../../common/button.js';
import { formatInstant } from '../../common/format.js';
import { EmptyState, ErrorNotice, LoadingState } from '../../common/notice.js';
import { type Loaded, useLoaded } from '../../common/use-loaded.js';
import { language, words } from '../../i18n/language.js';
import { nameCopy } from './copy-name.js';
import { PresetEditor } from './preset-editor.js';
import { listPresets, type Preset } from './presets-api.js';

/** Stands in an address for a preset that is not saved yet. */
const NEW = 'new';

/** Saved presets, and one of them to edit. */
export function PresetsView() {
  const { presets: text } = words();
  const [chosenId] = route.value.path;
  const isNew = chosenId === NEW;
  const loaded = useLoaded(listPresets, []);
  // What was saved here last: the list may not know of it yet.
  const [saved, setSaved] = useState<Preset>();
  // What a new one begins with; of each beginning the fields are others.
  const [start, setStart] = useState<{ readonly turn: number; readonly copy?: Preset }>({ turn: 0 });
  const heading = useRef<HTMLHeadingElement>(null);
  const [deletions, setDeletions] = useState(0);
  // Once the question is gone, which held the focus.
  useEffect(() => {
    if (deletions > 0) heading.current?.focus();
  }, [deletions]);
  const presets = withSaved(loaded.content, saved);
  const chosen = isNew ? undefined : presets?.find(({ id }) => id === chosenId);
  const begin = (copy?: Preset) =>
    leaveThen(() => {
      setStart(({ turn }) => ({ turn: turn + 1, ...(copy && { copy }) }));
      goTo('presets', NEW);
    });
  const nameOfCopy = (name: string) => nameCopy(name, presets?.map((preset) => preset.name) ?? [], text.copyName);
  return (
    <div class="split">
      <section class="pane split-list" aria-labelledby="presets-title">
        <header class="pane-header">
          <h1 id="presets-title" ref={heading} tabIndex={-1}>
            {text.title}
          </h1>
          <Button icon="add" onClick={() => begin()}>
            {text.create}
          </Button>
        </header>
        <PresetList loaded={loaded} presets={presets} chosenId={chosenId} />
      </section>
      <div class="split-main">
        {isNew || chosen ? (
          <PresetEditor
            key={isNew ? `${NEW} ${start.turn}` : chosenId}
            preset={chosen}
            start={isNew ? start.copy : chosen}
            takesFocus={chosen !== undefined && chosen.id === saved?.id}
            onSaved={(preset, isShown) => {
              setSaved(preset);
              loaded.reload();
              if (isShown) goTo('presets', preset.id);
            }}
            onCopy={(preset) => begin({ ...preset, name: nameOfCopy(preset.name) })}
            onDeleted={() => {
              setSaved(undefined);
              loaded.reload();
              goTo('presets');
              setDeletions((before) => before + 1);
            }}
          />
        ) : (
          presets && presets.length > 0 && <EmptyState title={text.select} />
        )}
      </div>
    </div>
  );
}

function PresetList({
  loaded: { error, isLoading, reload },
  presets,
  chosenId,
}: {
  readonly loaded: Loaded<Preset[]>;
  readonly presets: readonly Preset[] | undefined;
  readonly chosenId: string | undefined;
}) {
  const { presets: text } = words();
  return (
    <div class="pane-body">
      {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
      {isLoading && !presets && <LoadingState />}
      {presets?.length === 0 && (
        <EmptyState title={text.empty}>
          <p>{text.emptyHint}</p>
        </EmptyState>
      )}
      <nav aria-label={text.list}>
        <ul class="choices">
          {presets?.map(({ id, name, rules, updatedAt }) => (
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
  );
}

/** The list with what was saved last, where that is newer. */
function withSaved(listed: readonly Preset[] | undefined, saved: Preset | undefined): readonly Preset[] | undefined {
  if (!listed || !saved) return listed;
  const known = listed.find(({ id }) => id === saved.id);
  if (!known) return [...listed, saved];
  return listed.map((preset) => (preset.id === saved.id && preset.updatedAt < saved.updatedAt ? saved : preset));
}
