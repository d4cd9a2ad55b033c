import { readFileSync } from 'node:fs';
import { familyOf } from '../race/process-family.js';

/** How often the memory is looked at. */
const INTERVAL_MS = 100;

/** The peak of what a process and all below it held. */
export interface MemoryPeak {
  readonly bytes: number;
  /** How it was made up at that moment, the first process first. */
  readonly parts: readonly number[];
}

/**
 * Watches the summed proportional set size (what is shared is counted once, over all who share it) of a process and its
 * descendants while something is done; undefined where the system does not tell (it needs `/proc`).
 */
export async function peakDuring(processId: number, act: () => Promise<void>): Promise<MemoryPeak | undefined> {
  let peak: MemoryPeak | undefined;
  const look = () => {
    const parts = familyOf(processId).map(proportionalBytes);
    const bytes = parts.reduce((sum, part) => sum + part, 0);
    if (bytes > (peak?.bytes ?? 0)) peak = { bytes, parts };
  };
  look();
  const timer = setInterval(look, INTERVAL_MS);
  await act().finally(() => clearInterval(timer));
  look();
  return peak;
}

function proportionalBytes(processId: number): number {
  try {
    const [, kib = '0'] = /^Pss:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${processId}/smaps_rollup`, 'utf8')) ?? [];
    return Number(kib) * 1024;
  } catch {
    return 0;
  }
}
