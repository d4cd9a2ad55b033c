import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { DocketError, hashFile, type ModelRegistry, refuseTaken, writeArchive } from '@docket/core';
import { docketVersion } from '../version.js';
import {
  BUNDLE_MANIFEST,
  type BundledFile,
  type BundleManifest,
  formatBundleManifest,
  nodeNeeds,
} from './bundle-manifest.js';
import { type BundlePart, collectModel, collectProgram, type Source } from './collect-sources.js';
import { type Machine, thisMachine } from './machine.js';
import { isNative, mergeNeeds, type NativeNeeds, nativeNeedsOf } from './native-needs.js';
import type { PackageManifest } from './production-packages.js';

/** Larger files are read twice rather than held: weights of models, runtimes. */
const MOST_BYTES_IN_MEMORY = 4 * 1024 ** 2;

/** Not 1970, which programs take for a mistake. */
const MODIFIED = new Date('1980-01-01T00:00:00Z');

/** What goes into a bundle, and where it goes. */
export interface BundleOptions {
  readonly file: string;
  /** Names of installed models. */
  readonly models: readonly string[];
  readonly registry: ModelRegistry;
  /** Whether transformers.js comes along even if no model needs it. */
  readonly withTransformers: boolean;
  /** Whether what reads scans comes along. */
  readonly withOcr: boolean;
  /** Whether a file of that name is replaced. */
  readonly replace: boolean;
  /** Nothing is left behind when it aborts. */
  readonly signal: AbortSignal;
}

/** A bundle that was written. */
export interface MadeBundle {
  readonly manifest: BundleManifest;
  /** The folder that unpacking makes. */
  readonly folder: string;
  readonly hasTransformers: boolean;
  /** Of all files, unpacked, by what they are part of. */
  readonly bytes: Readonly<Record<BundlePart, number>>;
}

/**
 * Writes the built program, what it needs to run on machines like this one, and models into one archive; the same build gives
 * the same bytes.
 * @throws DocketError `model.*` for a model that is not installed or damaged, or transformers.js where it is needed and
 *   missing; `request.invalid_input` when the file is there already; `request.invalid_usage` when the program is not built
 */
export async function makeBundle(options: BundleOptions): Promise<MadeBundle> {
  const { file, replace, signal } = options;
  // Before the work of seconds, too.
  await refuseTaken(file, replace);
  const machine = thisMachine();
  const models = await Promise.all(options.models.map((name) => options.registry.verify(name)));
  const needsTransformers = models.some(({ manifest }) => !manifest.tasks.includes('static'));
  const hasTransformers = options.withTransformers || needsTransformers;
  const { sources, packages } = await collectProgram(machine, { transformers: hasTransformers, ocr: options.withOcr });
  for (const model of models) sources.push(...(await collectModel(model)));
  sources.sort((one, other) => (one.path < other.path ? -1 : 1));

  const packed: PackedSource[] = [];
  for (const source of sources) {
    signal.throwIfAborted();
    packed.push(await packSource(source));
  }
  const files = packed.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 }));
  const manifest = describeBundle({ machine, files, packages, models: options.models, needs: await needsOf(sources) });
  const folder = `docket-${manifest.docket}-${machine.platform}-${machine.arch}`;
  const first = { path: BUNDLE_MANIFEST, content: Buffer.from(formatBundleManifest(manifest)) };
  const entries = [first, ...packed].map((one) => ({ ...one, name: `${folder}/${one.path}` }));
  await writeArchive({ entries, file, replace, modified: MODIFIED, compression: 9, changed, signal });
  return { manifest, folder, hasTransformers, bytes: sumUp(packed) };
}

/** A file with its hash, and with its content unless it is large. */
type PackedSource = Source & BundledFile & { readonly content?: Uint8Array };

async function packSource(source: Source): Promise<PackedSource> {
  if ((await stat(source.source)).size > MOST_BYTES_IN_MEMORY) return { ...source, ...(await hashFile(source.source)) };
  const content = await readFile(source.source);
  return { ...source, content, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
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

function sumUp(packed: readonly PackedSource[]): MadeBundle['bytes'] {
  const sums = { program: 0, transformers: 0, models: 0 };
  for (const { part, bytes } of packed) sums[part] += bytes;
  return sums;
}

function changed(file: string): DocketError {
  const message = `${file} changed while the bundle was made, so none was made; run the command again`;
  return new DocketError('internal.unexpected', message, { data: { file } });
}
