import type { ComponentChildren } from 'preact';

/** Holds a table that may be wider than its place, and scrolls then. */
export function ScrolledTable({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <section class="table-scroll" tabIndex={0} aria-label={name}>
      {children}
    </section>
  );
}
