import { announce } from '../common/announce.js';
import { Button } from '../common/button.js';
import { words } from '../i18n/language.js';
import type { RuleList } from './rule-list.js';

/** Says what became of all the rules at once: which were replaced, with a way back, and what of a file is not used here. */
export function RulesNotice({ list }: { readonly list: RuleList }) {
  const { rules: text, close } = words();
  const replaced = list.replaced.value;
  const unused = Object.keys(list.rest.value).filter((name) => name !== '$schema');
  return (
    <>
      {replaced && (
        <p class="notice notice-line">
          <span>{text.replaced(replaced.drafts.length, list.drafts.value.length)}</span>
          <Button
            onClick={() => {
              list.undo();
              announce(text.undone);
            }}
          >
            {text.undo}
          </Button>
          <Button kind="quiet" icon="close" label={close} onClick={() => list.settle()} />
        </p>
      )}
      {unused.length > 0 && <p class="muted">{text.unused(unused.join(', '))}</p>}
    </>
  );
}
