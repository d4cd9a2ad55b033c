/** Placeholder. */
export function StateView() {
  return null;
}
