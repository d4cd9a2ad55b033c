import { readFile } from 'node:fs/promises';

/** What native code asks of a Linux system, as versions. */
export interface NativeNeeds {
  /** Of the GNU C library, such as `2.34`. */
  readonly glibc?: string;
  /** Of the symbols of libstdc++, such as `3.4.29`. */
  readonly libstdcxx?: string;
}

const NATIVE = /\.(?:node|so)(?:\.\d+)*$/;

/** Whether a file may ask something of the system. */
export function isNative(path: string): boolean {
  return NATIVE.test(path);
}

/**
 * Reads what an ELF file needs from the names of its symbol versions (`GLIBC_2.34`), which stand as text in its table of
 * strings: https://refspecs.linuxbase.org/LSB_3.1.1/LSB-Core-generic/LSB-Core-generic/symversion.html
 */
export function nativeNeeds(bytes: Buffer): NativeNeeds {
  if (bytes.toString('latin1', 0, 4) !== '\x7fELF') return {};
  const text = bytes.toString('latin1');
  const glibc = newest(text.matchAll(/\0GLIBC_(\d+(?:\.\d+)+)(?=\0)/g));
  const libstdcxx = newest(text.matchAll(/\0GLIBCXX_(\d+(?:\.\d+)+)(?=\0)/g));
  return { ...(glibc && { glibc }), ...(libstdcxx && { libstdcxx }) };
}

/** What a file needs. */
export async function nativeNeedsOf(file: string): Promise<NativeNeeds> {
  return nativeNeeds(await readFile(file));
}

/** What all of them need together. */
export function mergeNeeds(needs: readonly NativeNeeds[]): NativeNeeds {
  const of = (key: keyof NativeNeeds) =>
    needs
      .flatMap((one) => one[key] ?? [])
      .sort(compareVersions)
      .at(-1);
  const [glibc, libstdcxx] = [of('glibc'), of('libstdcxx')];
  return { ...(glibc && { glibc }), ...(libstdcxx && { libstdcxx }) };
}

function newest(matches: Iterable<RegExpMatchArray>): string | undefined {
  return Array.from(matches, ([, version = '']) => version)
    .sort(compareVersions)
    .at(-1);
}

function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split('.').map(Number));
  for (let index = 0; index < 4; index++) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
