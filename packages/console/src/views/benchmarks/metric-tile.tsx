import type { ComponentChildren } from 'preact';

/** A number with what it is; a remark stands below. */
export function MetricTile({
  name,
  value,
  children,
}: {
  readonly name: string;
  readonly value: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="tile">
      <dt>{name}</dt>
      <dd>
        <span class="tile-value number">{value}</span>
        {children && <span class="muted">{children}</span>}
      </dd>
    </div>
  );
}
