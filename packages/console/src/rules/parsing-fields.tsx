import { useId } from 'preact/hooks';
import { words } from '../i18n/language.js';
import type { ParsingOptions } from './rule.js';
import type { RuleList } from './rule-list.js';

/** Which pages of each document are read, and the language that OCR expects on them. */
export function ParsingFields({ list }: { readonly list: RuleList }) {
  const { rules: text } = words();
  const id = useId();
  const { lang, maxPages, targetPages } = list.parsing.value;
  const change = (changed: { readonly [Key in keyof ParsingOptions]?: ParsingOptions[Key] | undefined }) => {
    list.parsing.value = withoutUndefined({ ...list.parsing.value, ...changed });
  };
  return (
    <fieldset class="parsing">
      <legend>{text.pages}</legend>
      <label for={`${id}-most`}>{text.maxPages}</label>
      <input
        id={`${id}-most`}
        type="number"
        min={1}
        value={maxPages ?? ''}
        onChange={(event) => {
          const count = Number(event.currentTarget.value);
          change({ maxPages: Number.isInteger(count) && count >= 1 ? count : undefined });
        }}
      />
      <label for={`${id}-these`}>{text.targetPages}</label>
      <input
        id={`${id}-these`}
        value={targetPages ?? ''}
        placeholder={text.targetPagesPlaceholder}
        onChange={(event) => {
          const pages = event.currentTarget.value.trim();
          change({ targetPages: pages === '' ? undefined : pages });
        }}
      />
      <label for={`${id}-language`}>{text.language}</label>
      <input
        id={`${id}-language`}
        value={lang ?? ''}
        placeholder="en"
        maxLength={20}
        spellcheck={false}
        autocomplete="off"
        onChange={(event) => {
          const code = event.currentTarget.value.trim();
          change({ lang: code === '' ? undefined : code });
        }}
      />
    </fieldset>
  );
}

function withoutUndefined(options: { readonly [Key in keyof ParsingOptions]: ParsingOptions[Key] | undefined }) {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as ParsingOptions;
}
