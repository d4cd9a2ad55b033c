import { createHash } from 'node:crypto';
import type { Machine } from './machine.js';

/** Name of the manifest in a bundle. */
export const BUNDLE_MANIFEST = 'manifest.json';

/** What a bundle is and what it needs; the launcher (`launcher/launcher.cjs`) checks it before anything is loaded. */
export interface BundleManifest {
  /** Of the manifest. */
  readonly format: 1;
  /** Version of Docket. */
  readonly docket: string;
  readonly node: {
    /** `process.versions.modules`: native code is for this one alone. */
    readonly abi: string;
    /** Of the versions with this ABI. */
    readonly oldest: string;
    /** For people: `>=20.19 <21`. */
    readonly range: string;
  };
  readonly platform: Machine['platform'];
  readonly arch: Machine['arch'];
  /** The C library and its oldest version that will do; `null` where there is but one. */
  readonly libc: { readonly name: 'glibc' | 'musl'; readonly oldest?: string } | null;
  /** Oldest symbols of libstdc++ that will do. */
  readonly libstdcxx?: string;
  /** Names of the models that are in it. */
  readonly models: readonly string[];
  /** Packages that are in it, by name and version. */
  readonly packages: readonly { readonly name: string; readonly version: string; readonly licence?: string }[];
  /** All files but the manifest, sorted by path. */
  readonly files: readonly BundledFile[];
}

/** A file of a bundle. */
export interface BundledFile {
  /** Relative, with `/`. */
  readonly path: string;
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** Writes a manifest down, one file a line, with a hash of what is written, so that the launcher sees when it was damaged. */
export function formatBundleManifest({ packages, files, ...rest }: BundleManifest): string {
  const list = (name: string, items: readonly object[]) => {
    return `"${name}": [\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
  };
  const head = JSON.stringify(rest, null, 1).slice(1, -2);
  const text = (sha256: string) => {
    return `{\n "sha256": "${sha256}",${head},\n ${list('packages', packages)},\n ${list('files', files)}\n}\n`;
  };
  return text(createHash('sha256').update(text('')).digest('hex'));
}

/** The versions of Node that a bundle made by one of them runs on: those of the same major version have its ABI. */
export function nodeNeeds(engines: string, versions: { readonly node: string; readonly modules: string }) {
  const oldestOfAll = /\d+(?:\.\d+)*/.exec(engines)?.[0] ?? '0';
  const major = Number.parseInt(versions.node, 10);
  const oldest = Number.parseInt(oldestOfAll, 10) === major ? oldestOfAll : `${major}.0`;
  return { abi: versions.modules, oldest, range: `>=${oldest} <${major + 1}` };
}
