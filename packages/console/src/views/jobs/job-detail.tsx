import { useEffect, useRef, useState } from 'preact/hooks';
import type { Job } from '../../api/types.js';
import { goTo, hrefOf } from '../../app/route.js';
import { Button } from '../../common/button.js';
import { formatInstant } from '../../common/format.js';
import { Icon } from '../../common/icons.js';
import { EmptyState, ErrorNotice, LoadingState } from '../../common/notice.js';
import { useLoaded } from '../../common/use-loaded.js';
import { language, words } from '../../i18n/language.js';
import { ResultDetails } from '../../result/result-details.js';
import { quotesOfLabel } from '../../result/shown-quotes.js';
import { DocumentViewer } from '../../viewer/document-viewer.js';
import type { QuoteRequest } from '../../viewer/shown-quote.js';
import { readConfiguration } from '../presets/presets-api.js';
import { trySession } from '../try/kept-session.js';
import { JobActions } from './job-actions.js';
import { hasEnded, nameOfJob, rowOfJob } from './job-row.js';
import { JobStatusTag } from './job-status-tag.js';
import { explainJob, getJob, nameFiles } from './jobs-api.js';
import { jobsFeed } from './kept-jobs.js';

/** A job with what stands behind its answer, and its document. */
export function JobDetail({ id }: { readonly id: string }) {
  const text = words();
  const listed = jobsFeed.list.value.rows.find((row) => row.id === id);
  // Loaded anew when an event says that it is in another state.
  const job = useLoaded((signal) => getJob(id, signal), [id, listed?.status]);
  const fileId = job.content?.document_input_type === 'file_id' ? job.content.file_input : undefined;
  const file = useLoaded(
    async (signal) => (fileId === undefined ? undefined : (await nameFiles([fileId], signal)).get(fileId)),
    [fileId],
  );
  const isCompleted = job.content?.status === 'COMPLETED';
  const explanation = useLoaded(
    async (signal) => (isCompleted ? explainJob(id, signal) : undefined),
    [id, isCompleted],
  );
  const [label, setLabel] = useState(0);
  const [request, setRequest] = useState<QuoteRequest>();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [job.content !== undefined]);
  const isGone = fileId !== undefined && !file.isLoading && file.content === undefined;
  if (job.error !== undefined) return <Unavailable error={job.error} />;
  if (!job.content) return <LoadingState />;
  const row = { ...rowOfJob(job.content), fileName: file.content ?? listed?.fileName ?? null };
  return (
    <div class="job-detail">
      <section class="pane pane-documents" aria-label={text.jobs.detail}>
        <header class="pane-header">
          <BackLink />
          <JobActions row={row} isLong onDeleted={() => goTo('jobs')} />
        </header>
        <div class="pane-body">
          <div class="job-title">
            <h1 ref={heading} tabIndex={-1}>
              {nameOfJob(row)}
            </h1>
            <JobStatusTag status={row.status} />
          </div>
          {!hasEnded(row) && <p class="muted">{text.jobs.notEnded}</p>}
          {job.content.result?.type === null && <p class="type type-none">{text.noType}</p>}
          {job.content.error_message !== null && <p class="notice notice-error">{job.content.error_message}</p>}
          {job.content.result && explanation.content && (
            <ResultDetails
              level={2}
              result={job.content.result}
              explanation={explanation.content}
              label={label}
              onLabel={setLabel}
              current={request?.id}
              onShow={(quote) => setRequest({ id: quote })}
            />
          )}
          {job.content.result && !explanation.content && !explanation.isLoading && (
            <p class="reasoning">{job.content.result.reasoning}</p>
          )}
          <JobFacts job={job.content} />
        </div>
      </section>
      <div class="try-viewer">
        {fileId !== undefined && file.content !== undefined ? (
          <DocumentViewer
            fileId={fileId}
            file={undefined}
            name={file.content}
            readPages={isCompleted ? (explanation.content?.pages.read ?? []) : undefined}
            quotes={quotesOfLabel(explanation.content, label)}
            request={request}
          />
        ) : (
          <EmptyState title={isGone ? text.jobs.documentGone : text.viewer.noText} />
        )}
      </div>
    </div>
  );
}

function BackLink() {
  return (
    <a class="button button-quiet" href={hrefOf('jobs')}>
      <Icon name="back" /> {words().jobs.back}
    </a>
  );
}

function Unavailable({ error }: { readonly error: unknown }) {
  return (
    <div class="view-page">
      <div>
        <BackLink />
      </div>
      <ErrorNotice error={error} />
    </div>
  );
}

function JobFacts({ job }: { readonly job: Job }) {
  const { jobs: text } = words();
  const { rules, parsing } = readConfiguration(job.configuration);
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
    </>
  );
}
