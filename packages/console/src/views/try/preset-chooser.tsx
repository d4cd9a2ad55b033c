import { useState } from 'preact/hooks';
import { confirmDone } from '../../common/announce.js';
import { Button } from '../../common/button.js';
import { words } from '../../i18n/language.js';
import type { RuleList } from '../../rules/rule-list.js';
import { listPresets, type Preset } from '../presets/presets-api.js';

/** Takes the rules of a preset over, when that is said: a choice alone, which arrow keys make in passing, changes nothing. */
export function PresetChooser({ list }: { readonly list: RuleList }) {
  const { rules: text, errors } = words();
  const [presets, setPresets] = useState<readonly Preset[]>([]);
  const [hasFailed, setFailed] = useState(false);
  const [chosenId, setChosenId] = useState('');
  const chosen = presets.find(({ id }) => id === chosenId);
  // Which there are is asked when somebody turns to it.
  const load = () => {
    listPresets().then(
      (listed) => {
        setPresets(listed);
        setFailed(false);
      },
      () => setFailed(true),
    );
  };
  const take = () => {
    if (!chosen) return;
    list.replace(chosen.rules, chosen.parsing);
    setChosenId('');
    confirmDone(text.imported(chosen.rules.length));
  };
  return (
    <span class="preset-chooser">
      <select
        aria-label={text.loadPreset}
        value={chosenId}
        onFocus={load}
        onPointerEnter={load}
        onChange={({ currentTarget: { value } }) => setChosenId(value)}
      >
        <option value="">{text.loadPreset}</option>
        {hasFailed && <option disabled>{errors.title}</option>}
        {presets.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <Button disabled={!chosen} onClick={take}>
        {text.load}
      </Button>
    </span>
  );
}
