import { ErrorNotice } from '../../common/notice.js';
import { jobsFeed } from './kept-jobs.js';

/** Why the latest action on a job failed: it stays when the row of the job is gone. */
export function ActionError() {
  const { actionError } = jobsFeed;
  if (actionError.value === undefined) return null;
  const dismiss = () => {
    actionError.value = undefined;
  };
  return <ErrorNotice error={actionError.value} onClose={dismiss} />;
}
