import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DocketError } from '@docket/core';
import { type Machine, runsOn } from './machine.js';
import { needsOf } from './package-needs.js';

/** What a `package.json` says, as far as bundles go. */
export interface PackageManifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string | { readonly type?: string };
  readonly files?: readonly string[];
  readonly engines?: { readonly node?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

/** An installed package that the program needs, with those that it needs itself. */
export interface ProductionPackage {
  /** Where it really is; two versions of one package are two folders. */
  readonly folder: string;
  readonly manifest: PackageManifest;
  /** By the name under which it imports them, which may be an alias. */
  readonly dependencies: ReadonlyMap<string, ProductionPackage>;
}

/** What is followed. */
export interface ClosureOptions {
  readonly machine: Machine;
  /** Packages that are left out wherever they are needed, by the name under which they are imported. */
  readonly without: readonly string[];
}

/**
 * Finds what a package needs at run time, as Node would resolve it: dependencies, optional ones that are installed and run
 * on this machine, and peers.
 * @throws DocketError `request.invalid_usage` when one that must be there is not installed
 */
export function productionPackages(folder: string, options: ClosureOptions): ProductionPackage {
  const found = new Map<string, ProductionPackage>();
  const add = (where: string): ProductionPackage => {
    const known = found.get(where);
    if (known) return known;
    const dependencies = new Map<string, ProductionPackage>();
    const manifest = readPackage(where);
    const one: ProductionPackage = { folder: where, manifest, dependencies };
    // Before its dependencies: packages may need each other.
    found.set(where, one);
    for (const { name, isOptional } of wantedBy(manifest, options.without)) {
      const place = findPackage(where, name);
      if (place === undefined && !isOptional) throw notInstalled(manifest, name);
      if (place === undefined || (isOptional && !runsOn(readPackage(place), options.machine))) continue;
      dependencies.set(name, add(place));
    }
    return one;
  };
  return add(realpathSync(folder));
}

/** Every package once, itself first. */
export function allPackages(root: ProductionPackage): ProductionPackage[] {
  const all = new Set([root]);
  for (const one of all) for (const dependency of one.dependencies.values()) all.add(dependency);
  return [...all];
}

/** @throws Error when there is none */
export function readPackage(folder: string): PackageManifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function wantedBy(manifest: PackageManifest, without: readonly string[]) {
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = manifest;
  const leftOut = new Set([...without, ...(needsOf(manifest.name).without ?? [])]);
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
  const names = new Set([...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...peers]);
  return [...names]
    .filter((name) => !leftOut.has(name) && !leftOut.has('*'))
    .sort()
    .map((name) => ({ name, isOptional: name in optionalDependencies || !(name in dependencies) }));
}

/** Where Node finds a package that one in this folder imports. */
function findPackage(from: string, name: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
    if (folder === dirname(folder)) return undefined;
  }
}

function notInstalled(manifest: PackageManifest, name: string): DocketError {
  const message = `${manifest.name} needs the package ${name}, which is not installed; run \`npm run setup\` first`;
  return new DocketError('request.invalid_usage', message, { data: { package: manifest.name, missing: name } });
}
