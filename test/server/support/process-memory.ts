import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Whether the peak of a process can be measured here: on Linux. */
export const canMeasureMemory = existsSync('/proc/self/clear_refs');

const PEAK_RESET = '5';

/** Resident memory of a process now, in MiB. */
export function residentMemoryMb(processId: number): number {
  return readMemoryMb(processId, 'VmRSS');
}

/** The most that it ever was, or has been since {@link resetPeakMemory}. */
export function peakMemoryMb(processId: number): number {
  return readMemoryMb(processId, 'VmHWM');
}

/** Lets the kernel forget the peak of a process: none is missed from now on, as it would be between samples. */
export function resetPeakMemory(processId: number): void {
  writeFileSync(`/proc/${processId}/clear_refs`, PEAK_RESET);
}

function readMemoryMb(processId: number, name: string): number {
  const status = readFileSync(`/proc/${processId}/status`, 'utf8');
  const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1];
  if (kibibytes === undefined) throw new Error(`process ${processId} has no ${name}`);
  return Number(kibibytes) / 1024;
}
