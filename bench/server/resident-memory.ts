import { readFileSync } from 'node:fs';

const SAMPLE_INTERVAL_MS = 10;

/**
 * By how many bytes the resident memory of a process grew at most while something was done; undefined where the system does
 * not tell (it needs `/proc`).
 */
export async function growthDuring(processId: number, act: () => Promise<unknown>): Promise<number | undefined> {
  const before = residentBytes(processId);
  let most = before ?? 0;
  const look = () => {
    most = Math.max(most, residentBytes(processId) ?? 0);
  };
  const timer = setInterval(look, SAMPLE_INTERVAL_MS);
  await act().finally(() => clearInterval(timer));
  look();
  return before === undefined ? undefined : most - before;
}

function residentBytes(processId: number): number | undefined {
  try {
    const [, kib] = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8')) ?? [];
    return kib === undefined ? undefined : Number(kib) * 1024;
  } catch {
    return undefined;
  }
}
