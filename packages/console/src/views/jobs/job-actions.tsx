import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { confirmDone } from '../../common/announce.js';
import { Button } from '../../common/button.js';
import { words } from '../../i18n/language.js';
import { hasEnded, type JobRow, nameOfJob, rowOfJob } from './job-row.js';
import { cancelJob } from './jobs-api.js';
import { jobsFeed, jobToDelete } from './kept-jobs.js';

/** A job, and how what can be done with it is shown. */
export interface JobActionsProperties {
  readonly row: JobRow;
  readonly tabIndex?: number;
  /** Whether the buttons have words. */
  readonly isLong?: boolean;
}

/** What can be done with a job: it is cancelled while it has not ended, deleted after that. */
export function JobActions({ row, tabIndex = 0, isLong = false }: JobActionsProperties) {
  const text = words();
  const [isBusy, setBusy] = useState(false);
  const isEnded = hasEnded(row);
  const place = useFocusKept(isEnded);
  const name = nameOfJob(row);
  const cancel = async () => {
    setBusy(true);
    jobsFeed.actionError.value = undefined;
    try {
      const job = await cancelJob(row.id);
      jobsFeed.apply({ kind: 'job', row: { ...rowOfJob(job), fileName: row.fileName } });
      confirmDone(text.jobs.cancelled(name));
    } catch (caught) {
      // Not here: the row may be gone when the list has been loaded anew.
      jobsFeed.actionError.value = caught;
      jobsFeed.reload();
    }
    setBusy(false);
  };
  // Two buttons, each with a key of its own: a click that was meant for the one must never be taken for the other.
  return (
    <span class="job-actions" ref={place}>
      {isEnded ? (
        <Button
          key="delete"
          kind={isLong ? 'danger' : 'quiet'}
          icon="trash"
          label={`${text.delete}: ${name}`}
          tabIndex={tabIndex}
          onClick={() => {
            jobToDelete.value = row;
          }}
        >
          {isLong ? text.delete : undefined}
        </Button>
      ) : (
        <Button
          key="cancel"
          kind={isLong ? 'plain' : 'quiet'}
          icon="close"
          label={`${text.jobs.cancel}: ${name}`}
          tabIndex={tabIndex}
          isBusy={isBusy}
          onClick={() => void cancel()}
        >
          {isLong ? text.jobs.cancel : undefined}
        </Button>
      )}
    </span>
  );
}

/** The focus of a button that another one takes the place of goes to that. */
function useFocusKept(isEnded: boolean) {
  const place = useRef<HTMLSpanElement>(null);
  const hasFocus = place.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    if (hasFocus) place.current?.querySelector('button')?.focus({ preventScroll: true });
  }, [isEnded]);
  return place;
}
