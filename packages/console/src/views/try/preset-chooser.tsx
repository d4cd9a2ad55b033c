import { useState } from 'preact/hooks';
import { announce } from '../../common/announce.js';
import { words } from '../../i18n/language.js';
import type { RuleList } from '../../rules/rule-list.js';
import { listPresets, type Preset } from '../presets/presets-api.js';

/** Takes the rules of a preset over; which presets there are is asked when somebody turns to it. */
export function PresetChooser({ list }: { readonly list: RuleList }) {
  const { rules: text } = words();
  const [presets, setPresets] = useState<readonly Preset[]>([]);
  const load = () => {
    // Those that cannot be had are not offered.
    listPresets().then(setPresets, () => {});
  };
  return (
    <select
      class="preset-chooser"
      aria-label={text.loadPreset}
      value=""
      onFocus={load}
      onPointerEnter={load}
      onChange={(event) => {
        const chosen = presets.find(({ id }) => id === event.currentTarget.value);
        event.currentTarget.value = '';
        if (!chosen) return;
        list.replace(chosen.rules, chosen.parsing);
        announce(text.imported(chosen.rules.length));
      }}
    >
      <option value="">{text.loadPreset}</option>
      {presets.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
