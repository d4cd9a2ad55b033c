/** What a machine is, as far as native code goes. */
export interface Machine {
  /** As in `process.platform`. */
  readonly platform: string;
  /** As in `process.arch`. */
  readonly arch: string;
  /** `null` where there is but one. */
  readonly libc: 'glibc' | 'musl' | null;
}

/** This machine. */
export function thisMachine(): Machine {
  const { platform, arch } = process;
  return { platform, arch, libc: platform === 'linux' ? libcOfNode() : null };
}

function libcOfNode(): 'glibc' | 'musl' {
  const report = process.report.getReport() as unknown as {
    readonly header: { readonly glibcVersionRuntime?: string };
  };
  return report.header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}

/** Whether a package is for a machine, as its `os`, `cpu` and `libc` say. */
export function runsOn(
  {
    os,
    cpu,
    libc,
  }: { readonly os?: readonly string[]; readonly cpu?: readonly string[]; readonly libc?: readonly string[] },
  machine: Machine,
): boolean {
  return allows(os, machine.platform) && allows(cpu, machine.arch) && allows(libc, machine.libc);
}

/** npm's lists: names that are allowed, or names with `!` in front that are not. */
function allows(list: readonly string[] | undefined, value: string | null): boolean {
  if (list === undefined || value === null || list.includes('any')) return true;
  if (list.includes(`!${value}`)) return false;
  return list.includes(value) || list.every((one) => one.startsWith('!'));
}

const PLATFORMS = ['aix', 'android', 'darwin', 'freebsd', 'ios', 'linux', 'openbsd', 'sunos', 'win32'];
const ARCHITECTURES = ['arm', 'arm64', 'ia32', 'loong64', 'mips', 'mipsel', 'ppc', 'ppc64', 'riscv64', 's390x', 'x64'];

/**
 * Whether a file is a binary for another machine, by the folders it lies in: `bin/napi-v6/darwin/arm64/`, and
 * `prebuilds/linux-arm64/` as node-gyp-build has them.
 */
export function isForAnotherMachine(path: string, { platform, arch }: Machine): boolean {
  const parts = path.split('/').slice(0, -1);
  const start = parts.findIndex((part) => part === 'bin' || part === 'prebuilds');
  if (start === -1) return false;
  const words = parts.slice(start + 1).flatMap((part) => part.split(/[-+]/));
  const isOther = (known: readonly string[], own: string) => {
    const named = words.filter((word) => known.includes(word));
    return named.length > 0 && !named.includes(own);
  };
  return isOther(PLATFORMS, platform) || isOther(ARCHITECTURES, arch);
}
