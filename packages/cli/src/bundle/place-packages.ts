import type { ProductionPackage } from './production-packages.js';

/** A package and the folder that it gets: `node_modules/zod`, or below that of the package that needs another version. */
export interface PlacedPackage {
  readonly place: string;
  readonly package: ProductionPackage;
}

/**
 * Gives packages places from which Node finds, for each, the very packages that it needs: flat, and a second version of
 * a package within the one that needs it. The root is placed like its dependencies.
 * @returns Sorted by place
 */
export function placePackages(root: ProductionPackage): PlacedPackage[] {
  const placed = new Map<string, ProductionPackage>();
  // Breadth first: what is nearest to the program lies flat. All that a package needs has its place before one of these
  // is looked at, so that nothing comes in between later.
  const waiting: PlacedPackage[] = [];
  const put = (place: string, one: ProductionPackage) => {
    placed.set(place, one);
    waiting.push({ place, package: one });
  };
  put(`node_modules/${root.manifest.name}`, root);
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    for (const [name, dependency] of next.package.dependencies) {
      const found = findFrom(next.place, name, placed);
      if (found === dependency) continue;
      put(found === undefined ? `node_modules/${name}` : `${next.place}/node_modules/${name}`, dependency);
    }
  }
  return [...placed]
    .map(([place, one]) => ({ place, package: one }))
    .sort((one, other) => (one.place < other.place ? -1 : 1));
}

/** What Node finds under a name from a place. */
function findFrom(
  place: string,
  name: string,
  placed: ReadonlyMap<string, ProductionPackage>,
): ProductionPackage | undefined {
  const parts = place.split('/node_modules/');
  for (let depth = parts.length; depth > 0; depth--) {
    const found = placed.get(`${parts.slice(0, depth).join('/node_modules/')}/node_modules/${name}`);
    if (found) return found;
  }
  return placed.get(`node_modules/${name}`);
}
