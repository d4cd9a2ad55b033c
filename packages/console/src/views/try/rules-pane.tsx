import { useState } from 'preact/hooks';
import { confirmDone } from '../../common/announce.js';
import { Button } from '../../common/button.js';
import { words } from '../../i18n/language.js';
import { ParsingFields } from '../../rules/parsing-fields.js';
import { RulesEditor } from '../../rules/rules-editor.js';
import { RulesToolbar } from '../../rules/rules-toolbar.js';
import { PresetChooser } from './preset-chooser.js';
import { SavePresetDialog } from './save-preset-dialog.js';
import { countTypes } from './tried-document.js';
import type { TrySession } from './try-session.js';

/** The rules, and what can be done with all of them. */
export function RulesPane({ session }: { readonly session: TrySession }) {
  const { rules: text } = words();
  const { rules, documents } = session;
  const [isSaving, setSaving] = useState(false);
  return (
    <section class="pane pane-rules" aria-labelledby="rules-title">
      <header class="pane-header">
        <h2 id="rules-title">
          {text.title} <span class="muted">{rules.drafts.value.length || ''}</span>
        </h2>
        <PresetChooser list={rules} />
      </header>
      <div class="pane-body">
        <RulesToolbar list={rules}>
          <Button disabled={rules.complete.value.length === 0} onClick={() => setSaving(true)}>
            {text.savePreset}
          </Button>
        </RulesToolbar>
        <RulesEditor list={rules} counts={countTypes(documents.value)} />
        <ParsingFields list={rules} />
      </div>
      {isSaving && (
        <SavePresetDialog
          list={rules}
          onClose={() => setSaving(false)}
          onSaved={(name) => {
            setSaving(false);
            confirmDone(text.saved(name));
          }}
        />
      )}
    </section>
  );
}
