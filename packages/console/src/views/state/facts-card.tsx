import type { ComponentChildren } from 'preact';

/** A card with a title. */
export function FactsCard({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="card">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** Facts with their names; those without a value are left out. */
export function FactList({ facts }: { readonly facts: readonly (readonly [string, string | null, 'mono'?])[] }) {
  return (
    <dl class="facts">
      {facts.map(([name, value, kind]) =>
        value === null ? null : (
          <div key={name} class="fact">
            <dt>{name}</dt>
            <dd class={kind}>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
