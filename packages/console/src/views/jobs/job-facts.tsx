import type { Job } from '../../api/types.js';
import { goTo } from '../../app/route.js';
import { Button } from '../../common/button.js';
import { formatInstant } from '../../common/format.js';
import { language, words } from '../../i18n/language.js';
import { readConfiguration } from '../presets/presets-api.js';
import { trySession } from '../try/kept-session.js';

/** What a job was asked. */
export function JobFacts({ job }: { readonly job: Job }) {
  const { jobs: text } = words();
  return (
    <>
      <dl class="facts">
        <dt>{text.id}</dt>
        <dd class="mono">{job.id}</dd>
        <dt>{text.columns.created}</dt>
        <dd>{formatInstant(job.created_at, language.value)}</dd>
        {job.transaction_id !== null && (
          <>
            <dt>{text.transaction}</dt>
            <dd class="mono">{job.transaction_id}</dd>
          </>
        )}
      </dl>
      <JobRules job={job} />
    </>
  );
}

function JobRules({ job }: { readonly job: Job }) {
  const { jobs: text } = words();
  const { rules, parsing } = readConfiguration(job.configuration);
  return (
    <details class="more">
      <summary>
        {text.rules} ({rules.length})
      </summary>
      <dl class="job-rules">
        {rules.map(({ type, description }, index) => (
          <div key={index}>
            <dt>{type}</dt>
            <dd>{description}</dd>
          </div>
        ))}
      </dl>
      <Button
        onClick={() => {
          trySession.rules.replace(rules, parsing);
          goTo('try');
        }}
      >
        {text.tryRules}
      </Button>
    </details>
  );
}
