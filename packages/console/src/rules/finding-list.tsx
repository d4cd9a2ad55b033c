import type { LintFinding } from '../api/types.js';
import { words } from '../i18n/language.js';

/** What the lint says of a rule. */
export function FindingList({ findings }: { readonly findings: readonly LintFinding[] }) {
  const { levels } = words().rules;
  if (findings.length === 0) return null;
  return (
    <ul class="findings">
      {findings.map(({ id, severity, message, advice }) => (
        <li key={`${id} ${message}`} class={`finding finding-${severity}`}>
          <strong>{levels[severity]}</strong> {message} <span class="finding-advice">{advice}</span>
        </li>
      ))}
    </ul>
  );
}
