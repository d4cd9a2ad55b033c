import { useState } from 'preact/hooks';
import { announce } from '../../common/announce.js';
import { Button } from '../../common/button.js';
import { Dialog } from '../../common/dialog.js';
import { ErrorNotice } from '../../common/notice.js';
import { words } from '../../i18n/language.js';
import { hasEnded, type JobRow, nameOfJob } from './job-row.js';
import { cancelJob, deleteJob } from './jobs-api.js';
import { jobsFeed } from './kept-jobs.js';

/** What can be done with a job: it is cancelled while it has not ended, deleted after that. */
export function JobActions({
  row,
  tabIndex = 0,
  isLong = false,
  onDeleted,
}: {
  readonly row: JobRow;
  readonly tabIndex?: number;
  /** Whether the buttons have words. */
  readonly isLong?: boolean;
  readonly onDeleted?: () => void;
}) {
  const text = words();
  const [error, setError] = useState<unknown>();
  const name = nameOfJob(row);
  const act = async (action: (id: string) => Promise<void>, said: string) => {
    try {
      await action(row.id);
      announce(said);
    } catch (caught) {
      setError(caught);
      jobsFeed.reload();
    }
  };
  const cancel = () =>
    act(async (id) => {
      await cancelJob(id);
      jobsFeed.apply({ kind: 'job', row: { ...row, status: 'CANCELLED', updatedAt: new Date().toISOString() } });
    }, text.jobs.cancelled(name));
  const remove = () =>
    act(async (id) => {
      await deleteJob(id);
      jobsFeed.apply({ kind: 'deleted', id });
      onDeleted?.();
    }, text.jobs.deleted(name));
  const isEnded = hasEnded(row);
  const word = isEnded ? text.delete : text.jobs.cancel;
  return (
    <>
      <Button
        kind={isLong && isEnded ? 'danger' : isLong ? 'plain' : 'quiet'}
        icon={isEnded ? 'trash' : 'close'}
        label={`${word}: ${name}`}
        tabIndex={tabIndex}
        onClick={() => void (isEnded ? remove() : cancel())}
      >
        {isLong ? word : undefined}
      </Button>
      {error !== undefined && (
        <Dialog title={text.errors.title} onClose={() => setError(undefined)}>
          <div class="form">
            <ErrorNotice error={error} />
          </div>
        </Dialog>
      )}
    </>
  );
}
