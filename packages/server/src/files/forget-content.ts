import type { JobStore } from '@docket/store';

/** What {@link forgetContent} goes by. */
export interface ForgettingOptions {
  readonly jobs: JobStore;
  /** Whether quotes are taken out of the reasoning of finished jobs, too. */
  readonly purgeQuotesOnDelete: boolean;
}

/** Forgets what jobs keep of a content that was deleted: the evidence, and where it is asked for the quotes in reasoning. */
export async function forgetContent(
  contentHash: string,
  { jobs, purgeQuotesOnDelete }: ForgettingOptions,
): Promise<void> {
  if (purgeQuotesOnDelete) await jobs.purgeQuotes(contentHash);
  else await jobs.purgeExplanations(contentHash);
}
