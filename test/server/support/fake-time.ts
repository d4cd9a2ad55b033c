import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** The clock of one process and its children, which can be set while they run. That of the machine stays as it is. */
export interface FakeTime {
  /** Goes into the environment of the process. */
  readonly env: Readonly<Record<string, string>>;
  /** Sets the clock to so many seconds from the real time; negative: before it. */
  setOffset(seconds: number): void;
}

const library = findLibrary();

/** Why there is no such clock here; undefined when there is. */
export const noFakeTime = findObstacle();

/** Makes a clock that is right until it is set. */
export function fakeTime(): FakeTime {
  const file = join(temporaryFolder(), 'offset');
  const setOffset = (seconds: number) => {
    // At once as a whole: the process may look at any moment.
    writeFileSync(`${file}.new`, `${seconds < 0 ? '-' : '+'}${Math.abs(seconds)}`);
    renameSync(`${file}.new`, file);
  };
  setOffset(0);
  return { env: environment(file), setOffset };
}

/** Timers go by the monotonic clock, which nobody can set on a real machine either. */
function environment(file: string): Record<string, string> {
  return {
    LD_PRELOAD: library ?? '',
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    DONT_FAKE_MONOTONIC: '1',
  };
}

/** Where Debian puts it, for whatever processor. */
function findLibrary(): string | undefined {
  if (!existsSync('/usr/lib')) return undefined;
  return readdirSync('/usr/lib')
    .map((name) => join('/usr/lib', name, 'faketime', 'libfaketimeMT.so.1'))
    .find((path) => existsSync(path));
}

function findObstacle(): string | undefined {
  if (library === undefined) return 'libfaketime is not installed';
  const year = spawnSync(process.execPath, ['-p', 'new Date().getUTCFullYear()'], {
    env: { ...process.env, LD_PRELOAD: library, FAKETIME: '@2001-02-03 04:05:06', DONT_FAKE_MONOTONIC: '1' },
    encoding: 'utf8',
  });
  return year.stdout?.trim() === '2001' ? undefined : 'libfaketime has no effect on this Node';
}
