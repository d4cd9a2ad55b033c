/** Placeholder. */
export function BenchmarksView() {
  return null;
}
