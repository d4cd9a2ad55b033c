import type { JobStatus } from '../../api/types.js';
import type { JobRow } from './job-row.js';

/** Which jobs are listed, as the API filters them; all that are given must hold. */
export interface JobFilters {
  readonly status?: JobStatus;
  readonly configurationId?: string;
  readonly jobIds?: readonly string[];
  /** Instants, RFC 3339; both inclusive. */
  readonly createdFrom?: string;
  readonly createdTo?: string;
}

/** Filters as the query of the API. */
export function queryOfFilters({ status, configurationId, jobIds, createdFrom, createdTo }: JobFilters) {
  return {
    ...(status !== undefined && { status }),
    ...(configurationId !== undefined && { configuration_id: configurationId }),
    ...(jobIds !== undefined && { job_ids: [...jobIds] }),
    ...(createdFrom !== undefined && { created_at_on_or_after: createdFrom }),
    ...(createdTo !== undefined && { created_at_on_or_before: createdTo }),
  };
}

/** Whether a job is among those that are listed. */
export function matchesFilters(row: JobRow, filters: JobFilters): boolean {
  const created = Date.parse(row.createdAt);
  return (
    (filters.status === undefined || row.status === filters.status) &&
    (filters.configurationId === undefined || row.configurationId === filters.configurationId) &&
    (filters.jobIds === undefined || filters.jobIds.includes(row.id)) &&
    (filters.createdFrom === undefined || created >= Date.parse(filters.createdFrom)) &&
    (filters.createdTo === undefined || created <= Date.parse(filters.createdTo))
  );
}

/** The ids in a text, which anything may stand between; undefined when there are none. */
export function parseJobIds(text: string): string[] | undefined {
  const ids = text.split(/[\s,;]+/).filter((id) => id !== '');
  return ids.length > 0 ? ids : undefined;
}
