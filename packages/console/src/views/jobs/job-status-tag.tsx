import type { JobStatus } from '../../api/types.js';
import { words } from '../../i18n/language.js';

const KINDS: Readonly<Record<JobStatus, string>> = {
  PENDING: '',
  RUNNING: 'tag-accent',
  COMPLETED: 'tag-good',
  FAILED: 'tag-bad',
  CANCELLED: '',
};

/** How far a job has come, in a word. */
export function JobStatusTag({ status }: { readonly status: JobStatus }) {
  return <span class={`tag ${KINDS[status]}`}>{words().jobs.statuses[status]}</span>;
}
