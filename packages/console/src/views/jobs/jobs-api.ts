import { api, contentOf } from '../../api/api.js';
import type { Explanation, Job } from '../../api/types.js';
import { type JobFilters, queryOfFilters } from './job-filters.js';
import type { JobList } from './job-list.js';
import { rowOfJob } from './job-row.js';

const PAGE_SIZE = 100;

/** A page of jobs, newest first. */
export async function listJobs(filters: JobFilters, token: string | null, signal: AbortSignal): Promise<JobList> {
  const query = { ...queryOfFilters(filters), page_size: PAGE_SIZE, ...(token !== null && { page_token: token }) };
  const page = await contentOf(api.GET('/api/v2/classify', { params: { query }, signal }));
  return {
    rows: page.items.map(rowOfJob),
    total: page.total_size ?? page.items.length,
    nextToken: page.next_page_token ?? null,
  };
}

/** How many jobs there are like the filters. */
export async function countJobs(filters: JobFilters, signal: AbortSignal): Promise<number | undefined> {
  const query = { ...queryOfFilters(filters), page_size: 1 };
  const page = await contentOf(api.GET('/api/v2/classify', { params: { query }, signal }));
  return page.total_size ?? undefined;
}

/** The names of files, by their ids; those that were deleted have none. */
export async function nameFiles(ids: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (let start = 0; start < ids.length; start += PAGE_SIZE) {
    const query = { file_ids: ids.slice(start, start + PAGE_SIZE), page_size: PAGE_SIZE };
    const { items } = await contentOf(api.GET('/api/v1/beta/files', { params: { query }, ...(signal && { signal }) }));
    for (const { id, name } of items) names.set(id, name);
  }
  return names;
}

/** A job. */
export function getJob(id: string, signal: AbortSignal): Promise<Job> {
  return contentOf(api.GET('/api/v2/classify/{job_id}', { params: { path: { job_id: id } }, signal }));
}

/** What stands behind the answer of a job. */
export function explainJob(id: string, signal: AbortSignal): Promise<Explanation> {
  const path = { job_id: id };
  return contentOf(api.GET('/api/local/classify/{job_id}/explanation', { params: { path }, signal }));
}

/** Ends a job that has not ended. @returns the job as it is then */
export function cancelJob(id: string): Promise<Job> {
  return contentOf(api.POST('/api/v2/classify/{job_id}/cancel', { params: { path: { job_id: id } } }));
}

/** Deletes a job that has ended. */
export async function deleteJob(id: string): Promise<void> {
  await api.DELETE('/api/v2/classify/{job_id}', { params: { path: { job_id: id } } });
}
