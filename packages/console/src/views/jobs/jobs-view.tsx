/** Placeholder. */
export function JobsView() {
  return null;
}
