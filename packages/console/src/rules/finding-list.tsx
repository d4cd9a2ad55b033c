import type { LintFinding } from '../api/types.js';
import { words } from '../i18n/language.js';

/** What the lint says of a rule; a screen reader is told of it when it comes. */
export function FindingList({ id, findings }: { readonly id: string; readonly findings: readonly LintFinding[] }) {
  return (
    <div id={id} aria-live="polite">
      {findings.length > 0 && <Findings findings={findings} />}
    </div>
  );
}

function Findings({ findings }: { readonly findings: readonly LintFinding[] }) {
  const { levels } = words().rules;
  return (
    <ul class="findings">
      {findings.map(({ id, severity, message, advice }) => (
        <li key={`${id} ${message}`} class={`finding finding-${severity}`}>
          <strong>{levels[severity]}</strong> <span lang="en">{message}</span>{' '}
          <span class="finding-advice" lang="en">
            {advice}
          </span>
        </li>
      ))}
    </ul>
  );
}
