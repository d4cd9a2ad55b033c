import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether this system lets us have a network of our own, with nothing but a loopback device that is up. */
export const canIsolate = spawnSync('unshare', ['-rn', 'sh', '-c', 'ip link set lo up']).status === 0;

/** Whether system calls can be traced. */
export const canTrace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;

/** Stops at the calls that are asked for alone, which makes a trace several times as fast. */
const FILTER = ['--seccomp-bpf'];
const canFilter = spawnSync('strace', ['-f', ...FILTER, '-o', '/dev/null', 'true']).status === 0;

/** Starts a command, which follows, in a network of its own in which this machine reaches itself and nothing else. */
export const isolated: readonly string[] = ['unshare', '-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];

/** Starts a command, which follows, with all calls that name an address written to a file. */
export function traced(log: string): readonly string[] {
  return [
    'strace',
    '-f',
    ...(canFilter ? FILTER : []),
    '-qq',
    '-e',
    'trace=connect,sendto,sendmsg,sendmmsg,bind',
    '-o',
    log,
  ];
}

/** What was reached for, by whom it was: addresses of this machine, and all others. */
export interface Reached {
  readonly loopback: readonly string[];
  readonly beyond: readonly string[];
}

const ADDRESS = /sa_family=(AF_INET6?)\b.*?(?:inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)")/;

/**
 * Reads the trace of {@link traced}. Sockets within this machine (AF_UNIX, AF_NETLINK) do not count.
 */
export function reachedIn(log: string): Reached {
  const lines = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.includes('sa_family=AF_INET'));
  const isLoopback = (line: string) => {
    const [, , four, six] = ADDRESS.exec(line) ?? [];
    return four?.startsWith('127.') || six === '::1' || six?.startsWith('::ffff:127.') === true;
  };
  return { loopback: lines.filter(isLoopback), beyond: lines.filter((line) => !isLoopback(line)) };
}
