import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  DocketError,
  hashFile,
  listFiles,
  type ModelRegistry,
  refuseTaken,
  transformersRemedy,
  writeArchive,
} from '@docket/core';
import { docketVersion } from '../version.js';
import {
  BUNDLE_MANIFEST,
  type BundledFile,
  type BundleManifest,
  formatBundleManifest,
  nodeNeeds,
} from './bundle-manifest.js';
import { type Machine, thisMachine } from './machine.js';
import { isNative, mergeNeeds, type NativeNeeds, nativeNeedsOf } from './native-needs.js';
import { isEmpty, neededFiles } from './needed-files.js';
import { placePackages } from './place-packages.js';
import { allPackages, type PackageManifest, productionPackages } from './production-packages.js';

/** The library that `embedding` and `zero-shot` need, with a runtime larger than everything else. */
const TRANSFORMERS = '@xenova/transformers';

/** Not 1970, which programs take for a mistake. */
const MODIFIED = new Date('1980-01-01T00:00:00Z');

const program = fileURLToPath(new URL('../..', import.meta.url));

/** What goes into a bundle, and where it goes. */
export interface BundleOptions {
  readonly file: string;
  /** Names of installed models. */
  readonly models: readonly string[];
  readonly registry: ModelRegistry;
  /** Whether transformers.js comes along even if no model needs it. */
  readonly withTransformers: boolean;
  /** Whether a file of that name is replaced. */
  readonly replace: boolean;
}

/** A bundle that was written. */
export interface MadeBundle {
  readonly manifest: BundleManifest;
  /** The folder that unpacking makes. */
  readonly folder: string;
  readonly hasTransformers: boolean;
  /** Of all files, unpacked, by what they are part of. */
  readonly bytes: { readonly program: number; readonly transformers: number; readonly models: number };
}

/** A file on its way into the bundle. */
interface Source {
  readonly path: string;
  readonly source: string;
  readonly part: keyof MadeBundle['bytes'];
  readonly isExecutable?: boolean;
}

/**
 * Writes the built program, what it needs to run on machines like this one, and models into one archive; the same build gives
 * the same bytes.
 * @throws DocketError `model.*` for a model that is not installed or damaged, or transformers.js where it is needed and
 *   missing; `request.invalid_input` when the file is there already; `request.invalid_usage` when the program is not built
 */
export async function makeBundle(options: BundleOptions): Promise<MadeBundle> {
  const { file, replace } = options;
  // Before the work of seconds, too.
  await refuseTaken(file, replace);
  const machine = thisMachine();
  const models = await Promise.all(options.models.map((name) => options.registry.verify(name)));
  const needsTransformers = models.some(({ manifest }) => !manifest.tasks.includes('static'));
  const hasTransformers = options.withTransformers || needsTransformers;
  const { sources, packages } = await collectProgram(machine, hasTransformers);
  for (const model of models) sources.push(...(await collectModel(model)));
  sources.sort((one, other) => (one.path < other.path ? -1 : 1));

  const files = await Promise.all(sources.map(async ({ path, source }) => ({ path, ...(await hashFile(source)) })));
  const manifest = describeBundle({ machine, files, packages, models: options.models, needs: await needsOf(sources) });
  const folder = `docket-${manifest.docket}-${machine.platform}-${machine.arch}`;
  const content = Buffer.from(formatBundleManifest(manifest));
  const entries = sources.map(({ path, source, isExecutable = false }, index) => {
    return { name: `${folder}/${path}`, source, isExecutable, ...sizeAndHash(files[index]) };
  });
  const first = { name: `${folder}/${BUNDLE_MANIFEST}`, content };
  await writeArchive({ entries: [first, ...entries], file, replace, modified: MODIFIED, compression: 9, changed });
  return { manifest, folder, hasTransformers, bytes: sumUp(sources, files) };
}

function sizeAndHash(file: BundledFile | undefined) {
  return { bytes: file?.bytes ?? 0, sha256: file?.sha256 ?? '' };
}

async function collectProgram(machine: Machine, hasTransformers: boolean) {
  const lean = productionPackages(program, { machine, without: [TRANSFORMERS] });
  const root = hasTransformers ? productionPackages(program, { machine, without: [] }) : lean;
  const all = allPackages(root);
  if (hasTransformers && !all.some(({ dependencies }) => dependencies.has(TRANSFORMERS))) throw noTransformers();
  const leanFolders = new Set(allPackages(lean).map(({ folder }) => folder));
  const packages: PackageManifest[] = [];
  const sources: Source[] = await collectLauncher();
  for (const { place, package: one } of placePackages(root)) {
    const files = await neededFiles(one, machine);
    if (isEmpty(files) && one.manifest.name.startsWith('@docket/')) throw notBuilt(one.folder);
    packages.push(one.manifest);
    const part = leanFolders.has(one.folder) ? 'program' : 'transformers';
    for (const path of files) sources.push({ path: `${place}/${path}`, source: join(one.folder, path), part });
  }
  return { sources, packages };
}

/** What lies at the top of a bundle. */
async function collectLauncher(): Promise<Source[]> {
  const folder = join(program, 'launcher');
  const { files } = await listFiles(folder);
  const launcher = files.map((path): Source => {
    return { path, source: join(folder, path), part: 'program', isExecutable: path === 'docket' };
  });
  return [...launcher, { path: 'LICENSE', source: licenceAbove(program), part: 'program' }];
}

/** Docket's own licence: at the top of the checkout, or of the bundle that this program came in. */
function licenceAbove(folder: string): string {
  const file = join(folder, 'LICENSE');
  if (existsSync(file)) return file;
  if (folder === dirname(folder)) throw notBuilt(program);
  return licenceAbove(dirname(folder));
}

async function collectModel({ name, folder }: { name: string; folder: string }): Promise<Source[]> {
  const { files } = await listFiles(folder);
  return files.map((path) => ({ path: `models/${name}/${path}`, source: join(folder, path), part: 'models' }));
}

async function needsOf(sources: readonly Source[]): Promise<NativeNeeds> {
  const native = sources.filter(({ path }) => isNative(path));
  return mergeNeeds(await Promise.all(native.map(({ source }) => nativeNeedsOf(source))));
}

interface Described {
  readonly machine: Machine;
  readonly files: readonly BundledFile[];
  readonly packages: readonly PackageManifest[];
  readonly models: readonly string[];
  readonly needs: NativeNeeds;
}

function describeBundle({ machine, files, packages, models, needs }: Described): BundleManifest {
  const { platform, arch, libc } = machine;
  const own = packages.find(({ name }) => name === '@docket/cli');
  const { glibc, libstdcxx } = needs;
  return {
    format: 1,
    docket: docketVersion(),
    node: nodeNeeds(own?.engines?.node ?? '', process.versions),
    platform,
    arch,
    libc: libc && { name: libc, ...(libc === 'glibc' && glibc !== undefined && { oldest: glibc }) },
    ...(libstdcxx !== undefined && { libstdcxx }),
    models: [...models].sort(),
    packages: packages.map(({ name, version, license }) => {
      const licence = typeof license === 'string' ? license : license?.type;
      return { name, version, ...(licence !== undefined && { licence }) };
    }),
    files,
  };
}

function sumUp(sources: readonly Source[], files: readonly BundledFile[]): MadeBundle['bytes'] {
  const bytes = { program: 0, transformers: 0, models: 0 };
  sources.forEach(({ part }, index) => {
    bytes[part] += files[index]?.bytes ?? 0;
  });
  return bytes;
}

function noTransformers(): DocketError {
  const message = `the bundle is to have transformers.js, which is not installed here; ${transformersRemedy()}`;
  return new DocketError('model.not_installed', message);
}

function notBuilt(folder: string): DocketError {
  const message = `${folder} is not built; run \`npm run setup\` first`;
  return new DocketError('request.invalid_usage', message, { data: { folder } });
}

function changed(file: string): DocketError {
  const message = `${file} changed while the bundle was made, so none was made; run the command again`;
  return new DocketError('internal.unexpected', message, { data: { file } });
}
