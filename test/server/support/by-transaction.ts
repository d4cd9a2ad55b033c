/** Job ids by transaction id, in the order of the latter: two jobs of one transaction are two entries. */
export function byTransaction(
  jobs: readonly ({ readonly id: string } & (
    | { readonly transactionId: string }
    | { readonly transaction_id: string | null }
  ))[],
): string[] {
  return jobs.map((job) => `${'transactionId' in job ? job.transactionId : job.transaction_id} ${job.id}`).sort();
}
