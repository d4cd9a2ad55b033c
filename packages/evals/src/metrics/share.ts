import type { Share } from './metrics.js';

/** How many of some items something holds for. */
export function shareOf<Item>(items: readonly Item[], holds: (item: Item) => boolean): Share {
  const count = items.filter(holds).length;
  return { value: items.length > 0 ? count / items.length : null, count, of: items.length };
}
