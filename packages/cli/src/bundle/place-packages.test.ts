import { describe, expect, it } from 'vitest';
import { placePackages } from './place-packages.js';
import type { ProductionPackage } from './production-packages.js';

/** Packages by `name@version`, each with what it depends on; the first is the root. */
function graph(edges: Readonly<Record<string, readonly string[]>>): ProductionPackage {
  const packages = new Map<string, ProductionPackage & { dependencies: Map<string, ProductionPackage> }>();
  for (const id of Object.keys(edges)) {
    const [name = '', version = ''] = id.split('@');
    packages.set(id, { folder: `/store/${id}`, manifest: { name, version }, dependencies: new Map() });
  }
  for (const [id, needed] of Object.entries(edges)) {
    for (const other of needed) {
      const found = packages.get(other);
      if (found) packages.get(id)?.dependencies.set(found.manifest.name, found);
    }
  }
  return packages.values().next().value as ProductionPackage;
}

/** What Node would find, told independently of the code: the nearest `node_modules` upwards. */
function resolve(places: ReadonlyMap<string, string>, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, folder.lastIndexOf('/'))) {
    const found = places.get(`${folder === '' ? '' : `${folder}/`}node_modules/${name}`);
    if (found !== undefined || folder === '') return found;
    if (!folder.includes('/')) return places.get(`node_modules/${name}`);
  }
}

function layOut(edges: Readonly<Record<string, readonly string[]>>) {
  const placed = placePackages(graph(edges));
  const idOf = ({ manifest }: ProductionPackage) => `${manifest.name}@${manifest.version}`;
  const places = new Map(placed.map(({ place, package: one }) => [place, idOf(one)]));
  for (const { place, package: one } of placed) {
    for (const [name, dependency] of one.dependencies) {
      expect([place, name, resolve(places, place, name)]).toEqual([place, name, idOf(dependency)]);
    }
  }
  return Object.fromEntries(places);
}

describe('every package finds the versions that it needs:', () => {
  it('flat when there is one of each, also when they need each other', () => {
    expect(layOut({ 'a@1': ['b@1', 'c@1'], 'b@1': ['c@1'], 'c@1': ['b@1'] })).toEqual({
      'node_modules/a': 'a@1',
      'node_modules/b': 'b@1',
      'node_modules/c': 'c@1',
    });
  });

  it('a second version lies in the package that needs it', () => {
    expect(layOut({ 'a@1': ['b@1', 'c@1'], 'b@1': ['c@2'], 'c@1': [], 'c@2': [] })).toEqual({
      'node_modules/a': 'a@1',
      'node_modules/b': 'b@1',
      'node_modules/b/node_modules/c': 'c@2',
      'node_modules/c': 'c@1',
    });
  });

  it('what a second version needs is found from where it lies', () => {
    layOut({
      'a@1': ['b@1', 'c@1', 'd@1'],
      'b@1': ['c@2', 'd@2'],
      'c@1': ['d@1'],
      'c@2': ['d@1', 'e@2'],
      'd@1': [],
      'd@2': ['e@1', 'c@1'],
      'e@1': ['b@1'],
      'e@2': ['d@2'],
    });
  });

  it('three versions, and a cycle through the second', () => {
    layOut({
      'a@1': ['x@1', 'b@1'],
      'b@1': ['x@2', 'c@1'],
      'c@1': ['x@3'],
      'x@1': ['y@1'],
      'x@2': ['y@2'],
      'x@3': ['y@1'],
      'y@1': ['x@1'],
      'y@2': ['x@2'],
    });
  });
});
