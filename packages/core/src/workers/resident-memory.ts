import { readFileSync } from 'node:fs';

/** Resident memory of a process in MiB, as Linux tells it; 0 where it cannot be told (V8's own heap limit then holds). */
export function residentMemoryMb(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
