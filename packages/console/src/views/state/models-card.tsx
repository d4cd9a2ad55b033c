import type { ServerState } from '../../api/types.js';
import { words } from '../../i18n/language.js';
import { FactsCard } from './facts-card.js';

/** Models that were installed beside the built-in one. */
export function ModelsCard({ state: { models } }: { readonly state: ServerState }) {
  const { state: text } = words();
  return (
    <FactsCard title={text.models}>
      {models.length === 0 && <p class="muted">{text.noModels}</p>}
      <ul class="models">
        {models.map(({ name, tasks, problem }) => (
          <li key={name}>
            <strong>{name}</strong> <span class="muted">{tasks.join(', ')}</span>
            {problem !== null && (
              <p class="notice notice-error" lang="en">
                {problem}
              </p>
            )}
          </li>
        ))}
      </ul>
    </FactsCard>
  );
}
