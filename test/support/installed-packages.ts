import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectFolder } from './project.js';

/** A package that is installed. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** As its `package.json` says it; empty when it says nothing. */
  readonly licence: string;
  /** Where it really is. */
  readonly folder: string;
}

const store = join(projectFolder, 'node_modules', '.pnpm');

/** Every package that pnpm installed for this workspace, by name. */
export function installedPackages(): InstalledPackage[] {
  const modules = readdirSync(store).map((entry) => join(store, entry, 'node_modules'));
  return modules
    .filter((folder) => existsSync(folder) && folder !== join(store, 'node_modules', 'node_modules'))
    .flatMap(packagesOf)
    .sort((one, other) => (one.folder < other.folder ? -1 : 1));
}

function packagesOf(modules: string): InstalledPackage[] {
  const entries = readdirSync(modules, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.name.startsWith('@')) return [entry];
    return readdirSync(join(modules, entry.name), { withFileTypes: true });
  });
  // Links are what the package depends on, which stands elsewhere in the store.
  return entries.filter((entry) => entry.isDirectory()).map((entry) => read(join(entry.parentPath, entry.name)));
}

function read(folder: string): InstalledPackage {
  const { name, version, license, licenses } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const [first = license] = Array.isArray(licenses) ? licenses : [];
  const licence = typeof first === 'string' ? first : (first?.type ?? '');
  return { name, version, licence, folder: realpathSync(folder) };
}

/** Folders of what is installed for users: what the packages of the workspace depend on, and what that depends on. */
export function productionFolders(): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (folder: string) => {
    if (found.has(folder)) return;
    found.add(folder);
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const dependency = resolveFrom(folder, name);
      // An optional one may not be there.
      if (dependency) add(dependency);
    }
  };
  const packages = join(projectFolder, 'packages');
  for (const name of readdirSync(packages)) add(join(packages, name));
  return found;
}

function resolveFrom(folder: string, name: string): string | undefined {
  for (let parent = folder; parent !== dirname(parent); parent = dirname(parent)) {
    const candidate = join(parent, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
  }
  return undefined;
}
