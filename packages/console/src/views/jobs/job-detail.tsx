import { useEffect, useRef, useState } from 'preact/hooks';
import { isGone } from '../../api/describe-error.js';
import type { JobStatus } from '../../api/types.js';
import { hrefOf } from '../../app/route.js';
import { Icon } from '../../common/icons.js';
import { EmptyState, ErrorNotice, LoadingState } from '../../common/notice.js';
import { words } from '../../i18n/language.js';
import { ResultDetails, type ResultDetailsProperties } from '../../result/result-details.js';
import { quotesOfLabel } from '../../result/shown-quotes.js';
import { DocumentViewer, type ReadingState } from '../../viewer/document-viewer.js';
import type { QuoteRequest } from '../../viewer/shown-quote.js';
import { ActionError } from './action-error.js';
import { JobActions } from './job-actions.js';
import { JobFacts } from './job-facts.js';
import { hasEnded, nameOfJob, rowOfJob } from './job-row.js';
import { JobStatusTag } from './job-status-tag.js';
import { useJob } from './use-job.js';

/** A job with what stands behind its answer, and its document. */
export function JobDetail({ id }: { readonly id: string }) {
  const shown = useJob(id);
  const { job } = shown;
  const [label, setLabel] = useState(0);
  const [request, setRequest] = useState<QuoteRequest>();
  if (job.error !== undefined && (!job.content || isGone(job.error))) {
    return <Unavailable error={job.error} onRetry={job.reload} />;
  }
  if (!job.content) return <LoadingState />;
  const details = {
    label,
    onLabel: setLabel,
    current: request?.id,
    onShow: (quote: string) => setRequest({ id: quote }),
  };
  return (
    <div class="job-detail">
      <JobPane shown={shown} details={details} />
      <div class="try-viewer">
        <JobDocument shown={shown} label={label} request={request} />
      </div>
    </div>
  );
}

type ShownJob = ReturnType<typeof useJob>;

function JobPane({
  shown: { job, file, explanation },
  details,
}: {
  readonly shown: ShownJob;
  readonly details: Omit<ResultDetailsProperties, 'result' | 'explanation' | 'level'>;
}) {
  const text = words();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  if (!job.content) return null;
  const row = { ...rowOfJob(job.content), fileName: file.content ?? null };
  return (
    <section class="pane pane-documents" aria-label={text.jobs.detail}>
      <header class="pane-header">
        <BackLink />
        <JobActions row={row} isLong />
      </header>
      <div class="pane-body">
        <div class="job-title">
          <h1 ref={heading} tabIndex={-1}>
            {nameOfJob(row)}
          </h1>
          <JobStatusTag status={row.status} />
        </div>
        <ActionError />
        {job.error !== undefined && <ErrorNotice error={job.error} onRetry={job.reload} />}
        {!hasEnded(row) && <p class="muted">{text.jobs.notEnded}</p>}
        {job.content.error_message !== null && (
          <p class="notice notice-error" lang="en">
            {job.content.error_message}
          </p>
        )}
        <JobAnswer shown={{ job, explanation }} details={details} />
        <JobFacts job={job.content} />
      </div>
    </section>
  );
}

function JobAnswer({
  shown: { job, explanation },
  details,
}: {
  readonly shown: Pick<ShownJob, 'job' | 'explanation'>;
  readonly details: Omit<ResultDetailsProperties, 'result' | 'explanation' | 'level'>;
}) {
  const text = words();
  const result = job.content?.result;
  if (!result) return null;
  return (
    <>
      {result.type === null && <p class="type type-none">{text.noType}</p>}
      {explanation.content && (
        <ResultDetails level={2} result={result} explanation={explanation.content} {...details} />
      )}
      {!explanation.content && !explanation.isLoading && (
        <>
          {result.type !== null && <p class="type">{result.type}</p>}
          <p class="reasoning" lang="en">
            {result.reasoning}
          </p>
        </>
      )}
      {explanation.error !== undefined && (
        <>
          <p class="muted">{text.jobs.noExplanation}</p>
          <ErrorNotice error={explanation.error} onRetry={explanation.reload} />
        </>
      )}
    </>
  );
}

function JobDocument({
  shown: { job, fileId, file, explanation },
  label,
  request,
}: {
  readonly shown: ShownJob;
  readonly label: number;
  readonly request: QuoteRequest | undefined;
}) {
  const { jobs: text } = words();
  if (fileId === undefined) return <EmptyState title={text.noDocument} />;
  if (file.error !== undefined) return <ErrorNotice error={file.error} onRetry={file.reload} />;
  if (file.isLoading && file.content === undefined) return <LoadingState />;
  if (file.content === undefined) return <EmptyState title={text.documentGone} />;
  return (
    <DocumentViewer
      fileId={fileId}
      file={undefined}
      name={file.content}
      // Which pages were read is known from the explanation alone: without it none is said to be left out.
      readPages={explanation.content?.pages.read}
      reading={readingOf(job.content?.status, explanation.isLoading)}
      quotes={quotesOfLabel(explanation.content, label)}
      request={request}
    />
  );
}

function readingOf(status: JobStatus | undefined, isLoading: boolean): ReadingState {
  if (status === 'COMPLETED') return isLoading ? 'pending' : 'done';
  return status === 'FAILED' || status === 'CANCELLED' ? 'failed' : 'pending';
}

function BackLink() {
  return (
    <a class="button button-quiet" href={hrefOf('jobs')}>
      <Icon name="back" /> {words().jobs.back}
    </a>
  );
}

function Unavailable({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  return (
    <div class="view-page">
      <div>
        <BackLink />
      </div>
      <ErrorNotice error={error} onRetry={onRetry} />
    </div>
  );
}
