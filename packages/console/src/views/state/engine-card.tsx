import type { ServerState } from '../../api/types.js';
import { language, words } from '../../i18n/language.js';
import { FactList, FactsCard } from './facts-card.js';

/** What scores documents, and what it knows. */
export function EngineCard({ state: { engine, knowledge } }: { readonly state: ServerState }) {
  const { state: text } = words();
  const kind = { ok: 'tag-good', starting: '', failed: 'tag-bad' }[engine.status];
  return (
    <FactsCard title={text.engine}>
      <p>
        <span class={`tag ${kind}`}>{text.engineStates[engine.status]}</span>
      </p>
      {engine.problem !== null && (
        <p class="notice notice-error" lang="en">
          {engine.problem}
        </p>
      )}
      <FactList
        facts={[
          [text.scorer, engine.scorer],
          [text.identity, engine.identity, 'mono'],
          [text.calibration, engine.is_fitted === null ? null : engine.is_fitted ? text.fitted : text.notFitted],
          [
            text.knowledge,
            knowledge && `${text.documentTypes(knowledge.types)}, ${nameLanguages(knowledge.languages)}`,
          ],
        ]}
      />
    </FactsCard>
  );
}

function nameLanguages(codes: readonly string[]): string {
  const names = new Intl.DisplayNames(language.value, { type: 'language' });
  return codes.map((code) => names.of(code) ?? code).join(', ');
}
