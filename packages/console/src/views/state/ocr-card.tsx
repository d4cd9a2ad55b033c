import type { ServerState } from '../../api/types.js';
import { language, words } from '../../i18n/language.js';
import { FactList, FactsCard } from './facts-card.js';

/** What reads pages that have no text. */
export function OcrCard({ state: { ocr } }: { readonly state: ServerState }) {
  const { state: text } = words();
  return (
    <FactsCard title={text.ocr}>
      {ocr.problem !== null && (
        <p class="notice notice-error" lang="en">
          {ocr.problem}
        </p>
      )}
      <FactList
        facts={[
          [text.mode, ocr.mode],
          [text.engine, ocr.engine ?? text.ocrOff],
          [text.ocrLanguages, ocr.languages.map(nameLanguage).join(', ') || null],
        ]}
      />
    </FactsCard>
  );
}

function nameLanguage({ code, iso }: ServerState['ocr']['languages'][number]): string {
  if (iso === null) return code;
  const name = new Intl.DisplayNames(language.value, { type: 'language' }).of(iso);
  return `${name ?? iso} (${code})`;
}
