import { useEffect, useRef } from 'preact/hooks';
import { sessionKey } from '../../api/session-key.js';
import { route } from '../../app/route.js';
import { formatCount } from '../../common/format.js';
import { EmptyState, ErrorNotice, LoadingState } from '../../common/notice.js';
import { language, words } from '../../i18n/language.js';
import { ActionError } from './action-error.js';
import { DeleteJobDialog } from './delete-job-dialog.js';
import { JobDetail } from './job-detail.js';
import { JobFilterBar } from './job-filter-bar.js';
import { JobTable } from './job-table.js';
import { jobFilters, jobsFeed, mustFocusRow } from './kept-jobs.js';

/** The jobs of the server as they come and go, or one of them. */
export function JobsView() {
  const [id] = route.value.path;
  const filters = jobFilters.value;
  const before = useRef(id);
  // Whoever comes back to the list goes on at the row of the job that was open.
  if (id === undefined && before.current !== undefined) mustFocusRow.value = true;
  before.current = id;
  // Also while one job is open: it changes there, too.
  useEffect(() => jobsFeed.watch(filters), [filters, sessionKey.value]);
  return (
    <>
      {id === undefined ? <JobsList /> : <JobDetail key={id} id={id} />}
      <DeleteJobDialog />
    </>
  );
}

function JobsList() {
  const text = words().jobs;
  const list = jobsFeed.list.value;
  const error = jobsFeed.error.value;
  const isLoading = jobsFeed.isLoading.value;
  const isFiltered = Object.keys(jobFilters.value).length > 0;
  const heading = useRef<HTMLHeadingElement>(null);
  const isEmpty = list.rows.length === 0;
  useEffect(() => {
    // Where there are rows, one of them takes it.
    if (!isEmpty || isLoading || !mustFocusRow.peek()) return;
    mustFocusRow.value = false;
    heading.current?.focus();
  }, [isEmpty, isLoading]);
  return (
    <div class="jobs">
      <header class="jobs-header">
        <h1 ref={heading} tabIndex={-1}>
          {text.title}
        </h1>
        <span class="muted number" data-testid="job-count">
          {text.count(list.total, formatCount(list.total, language.value))}
        </span>
        <LiveState />
        <JobFilterBar />
      </header>
      {error !== undefined && <ErrorNotice error={error} onRetry={() => jobsFeed.reload()} />}
      <ActionError />
      {!isEmpty && <JobTable list={list} />}
      {isEmpty && isLoading && <LoadingState />}
      {isEmpty && !isLoading && error === undefined && (
        <EmptyState title={isFiltered ? text.emptyFiltered : text.empty}>
          {!isFiltered && <p>{text.emptyHint}</p>}
        </EmptyState>
      )}
    </div>
  );
}

function LiveState() {
  const text = words().jobs;
  const state = jobsFeed.state.value;
  const said = { live: text.live, connecting: text.connecting, broken: text.offline }[state];
  return <span class={`live live-${state}`}>{said}</span>;
}
