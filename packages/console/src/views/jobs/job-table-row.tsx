import { hrefOf } from '../../app/route.js';
import { formatDuration, formatInstant } from '../../common/format.js';
import { language, words } from '../../i18n/language.js';
import { ConfidenceBar } from '../../result/confidence-bar.js';
import { JobActions } from './job-actions.js';
import { hasEnded, type JobRow, nameOfJob } from './job-row.js';
import { JobStatusTag } from './job-status-tag.js';
import { activeRow } from './kept-jobs.js';

/** A row of the list. */
export interface JobTableRowProperties {
  readonly row: JobRow;
  /** From 0. */
  readonly index: number;
  /** Whether it is the one that the keyboard is at. */
  readonly isActive: boolean;
  /** Pixels from the top of the list. */
  readonly top: number;
}

/** A job in the list. */
export function JobTableRow({ row, index, isActive, top }: JobTableRowProperties) {
  const text = words();
  const { id, status, type, confidence, createdAt, updatedAt, errorMessage } = row;
  const tabIndex = isActive ? 0 : -1;
  const duration = Date.parse(updatedAt) - Date.parse(createdAt);
  return (
    <tr
      class={`job-row${isActive ? ' is-active' : ''}`}
      aria-rowindex={index + 2}
      data-active={isActive ? '' : undefined}
      data-job={id}
      style={{ transform: `translateY(${top}px)` }}
      onFocusCapture={() => {
        activeRow.value = { id, index };
      }}
    >
      <td class="job-cell job-cell-document">
        <a href={hrefOf('jobs', id)} tabIndex={tabIndex} title={id}>
          {nameOfJob(row)}
        </a>
      </td>
      <td class="job-cell job-cell-status">
        <JobStatusTag status={status} />
      </td>
      <td class="job-cell job-cell-type" title={errorMessage ?? type ?? undefined}>
        {status === 'COMPLETED' ? (
          <span class={`type${type === null ? ' type-none' : ''}`}>{type ?? text.noType}</span>
        ) : (
          <span class="muted">{errorMessage ?? ''}</span>
        )}
      </td>
      <td class="job-cell job-cell-confidence">
        {confidence !== null && (
          <ConfidenceBar type={type} confidence={confidence} kind={type === null ? 'rejected' : 'answer'} />
        )}
      </td>
      <td class="job-cell job-cell-created number">{formatInstant(createdAt, language.value)}</td>
      <td class="job-cell job-cell-time number">{hasEnded(row) ? formatDuration(duration, language.value) : ''}</td>
      <td class="job-cell job-cell-actions">
        <JobActions row={row} tabIndex={tabIndex} />
      </td>
    </tr>
  );
}
