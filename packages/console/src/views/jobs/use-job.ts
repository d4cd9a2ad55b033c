import { useEffect, useState } from 'preact/hooks';
import { useLoaded } from '../../common/use-loaded.js';
import type { JobChange } from './job-list.js';
import { explainJob, getJob, nameFiles } from './jobs-api.js';
import { jobsFeed } from './kept-jobs.js';

/** A job with its file's name and what stands behind its answer, each as far as it is loaded, and loaded anew when it changes. */
export function useJob(id: string) {
  const state = useStateOfJob(id);
  const job = useLoaded((signal) => getJob(id, signal), [id, state]);
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
  return { job, fileId, file, explanation };
}

/** What is to be told apart of a job's state: another text, whenever it is to be asked for anew. */
function useStateOfJob(id: string): string {
  const listed = jobsFeed.list.value.rows.find((row) => row.id === id);
  const [change, setChange] = useState<JobChange>();
  // Also of a job that is not in the rows that are loaded.
  useEffect(
    () =>
      jobsFeed.lastChanges.subscribe((changes) => {
        const last = changes.findLast((one) => (one.kind === 'job' ? one.row.id : one.id) === id);
        if (last) setChange(last);
      }),
    [id],
  );
  const told = change?.kind === 'job' ? change.row.status : change?.kind;
  return `${told ?? listed?.status} ${jobsFeed.resets.value}`;
}
