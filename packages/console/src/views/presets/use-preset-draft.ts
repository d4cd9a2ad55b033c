import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { hasUnsaved } from '../../app/unsaved.js';
import { confirmDone } from '../../common/announce.js';
import { words } from '../../i18n/language.js';
import type { ParsingOptions, Rule } from '../../rules/rule.js';
import { makeRuleList } from '../../rules/rule-list.js';
import type { PresetEditorProperties } from './preset-editor.js';
import { findPresetNamed, type Preset, savePreset } from './presets-api.js';

/** A preset while it is written, and how it is saved. */
export function usePresetDraft({ preset, start, onSaved }: PresetEditorProperties) {
  const [name, setName] = useState(start?.name ?? '');
  const list = useMemo(() => makeRuleList(start?.rules, start?.parsing), []);
  const [error, setError] = useState<unknown>();
  // Another preset, which has the name that this one is to be saved under.
  const [taken, setTaken] = useState<Preset>();
  const drafts = list.drafts.value;
  const current = { name: name.trim(), rules: drafts, parsing: list.parsing.value };
  const isWhole = current.name !== '' && drafts.length > 0 && list.complete.value.length === drafts.length;
  const markSaved = useUnsavedMark(current);
  const isShown = useRef(true);
  useEffect(
    () => () => {
      isShown.current = false;
    },
    [],
  );
  const write = async () => {
    const saved = await savePreset(current, preset?.id);
    confirmDone(words().presets.saved(saved.name));
    // Somebody who has gone on to something else stays there.
    if (isShown.current) {
      setError(undefined);
      setTaken(undefined);
      markSaved();
    }
    onSaved(saved, isShown.current);
  };
  const save = async () => {
    try {
      // The server would save a new one over one of the same name; of one that has an id it refuses that.
      const other = preset === undefined ? await findPresetNamed(current.name) : undefined;
      if (other) setTaken(other);
      else await write();
    } catch (caught) {
      setError(caught);
    }
  };
  return {
    name,
    setName,
    list,
    current,
    isWhole,
    error,
    taken,
    save,
    replace: write,
    keepOther: () => setTaken(undefined),
  };
}

interface Written {
  readonly name: string;
  readonly rules: readonly Rule[];
  readonly parsing: ParsingOptions;
}

/** Has the page ask before it loses what was written since it was saved last. @returns what says that it is saved */
function useUnsavedMark({ name, rules, parsing }: Written): () => void {
  const now = JSON.stringify([name, rules.map(({ type, description }) => [type, description]), parsing]);
  const [saved, setSaved] = useState(now);
  useEffect(() => {
    hasUnsaved.value = now !== saved;
  }, [now, saved]);
  useEffect(
    () => () => {
      hasUnsaved.value = false;
    },
    [],
  );
  return () => {
    setSaved(now);
    // At once: the page is about to go to what was saved.
    hasUnsaved.value = false;
  };
}
