import { goTo, route } from '../../app/route.js';
import { confirmDone } from '../../common/announce.js';
import { ConfirmDialog } from '../../common/confirm-dialog.js';
import { words } from '../../i18n/language.js';
import { nameOfJob } from './job-row.js';
import { deleteJob } from './jobs-api.js';
import { jobsFeed, jobToDelete, mustFocusRow } from './kept-jobs.js';

/** Asks whether the job that somebody wants to delete is to be deleted. It stands outside of the list, whose rows come and go. */
export function DeleteJobDialog() {
  const row = jobToDelete.value;
  if (!row) return null;
  const text = words();
  const close = () => {
    jobToDelete.value = undefined;
  };
  const remove = async () => {
    await deleteJob(row.id);
    close();
    confirmDone(text.jobs.deleted(nameOfJob(row)));
    mustFocusRow.value = true;
    jobsFeed.apply({ kind: 'deleted', id: row.id });
    if (route.value.path[0] === row.id) goTo('jobs');
  };
  return (
    <ConfirmDialog
      key={row.id}
      title={text.jobs.confirmDelete(nameOfJob(row))}
      action={text.delete}
      icon="trash"
      onConfirm={remove}
      onClose={close}
    >
      <p>{text.jobs.confirmDeleteHint}</p>
    </ConfirmDialog>
  );
}
