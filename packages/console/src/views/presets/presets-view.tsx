/** Placeholder. */
export function PresetsView() {
  return null;
}
