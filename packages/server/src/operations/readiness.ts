import { DocketError } from '@docket/core';
import type { Services } from '../services.js';

/** What is looked at before the server counts as ready. */
export type CheckName = 'database' | 'disk' | 'engine';

/** What became of a check. */
export interface CheckResult {
  readonly status: 'ok' | 'failed' | 'starting';
  /** Only when it is not ok: what is wrong. */
  readonly reason?: string;
}

/** Results by check. */
export type Readiness = Readonly<Record<CheckName, CheckResult>>;

const BYTES_PER_MIB = 1024 * 1024;

const OK: CheckResult = { status: 'ok' };

/** Looks whether the server can do its work: the database can be written, disk space is left, the engine passed its self-test. */
export async function checkReadiness({ store, runner, settings, logger }: Services): Promise<Readiness> {
  const settle = (check: Promise<CheckResult>, reason: string) => check.catch((err) => failed(err, reason, logger));
  const [database, disk, engine] = await Promise.all([
    settle(checkDatabase(store), 'the database cannot be written'),
    settle(checkDisk(store, settings.minFreeBytes), 'the free disk space cannot be found out'),
    settle(checkEngine(runner.selfTest), 'the engine did not pass its self-test'),
  ]);
  return { database, disk, engine };
}

async function checkDatabase(store: Services['store']): Promise<CheckResult> {
  await store.probe();
  return OK;
}

async function checkDisk(store: Services['store'], minFreeBytes: number): Promise<CheckResult> {
  const freeBytes = await store.freeBytes();
  if (freeBytes >= minFreeBytes) return OK;
  const [has, needs] = [freeBytes, minFreeBytes].map((bytes) => Math.floor(bytes / BYTES_PER_MIB));
  return { status: 'failed', reason: `${has} MiB are free where the data lies, and ${needs} MiB must be` };
}

/** Never waits for a self-test that still runs. */
function checkEngine(selfTest: Promise<void>): Promise<CheckResult> {
  const running = new Promise<CheckResult>((resolve) =>
    setImmediate(resolve, { status: 'starting', reason: 'the engine is still being tested' }),
  );
  return Promise.race([selfTest.then(() => OK), running]);
}

/** Anybody may ask, so the answer tells what failed, and only the log why. */
function failed(err: unknown, reason: string, logger: Services['logger']): CheckResult {
  logger.warn({ err }, reason);
  return { status: 'failed', reason: err instanceof DocketError ? `${reason} (${err.code})` : reason };
}
