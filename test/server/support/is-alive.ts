import { readFileSync } from 'node:fs';

/** Whether a process still runs, as opposed to one that has ended and that nobody has asked about yet. Linux only. */
export function isAlive(processId: number): boolean {
  try {
    const status = readFileSync(`/proc/${processId}/status`, 'utf8');
    return !/^State:\s+[ZX]/m.test(status);
  } catch {
    return false;
  }
}
