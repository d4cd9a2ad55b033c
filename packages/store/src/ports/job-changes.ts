/** Something that happened to a job. */
export type JobChange =
  /** It is new, or in another state: look it up. */
  | { readonly kind: 'changed'; readonly jobId: string }
  | { readonly kind: 'deleted'; readonly jobId: string; readonly projectId: string }
  /** Changes that are not told one by one: many at once, or some that were missed. */
  | { readonly kind: 'untold' };

/**
 * Tells of every change of a job's state once it is made, whoever made it: of a store of several processes, any of them. A
 * change may be told twice, and changes of one job may come as one.
 */
export interface JobChanges {
  /**
   * Listens from now on. Nothing is kept for those who do not.
   * @param listener Must neither throw nor take long
   * @returns Stops it
   */
  subscribe(listener: (change: JobChange) => void): () => void;
}
