import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Whether processes can be listed here: on Linux. */
export const canListProcesses = existsSync('/proc/self/stat');

/** Resident memory of the engine processes that a process started, in MiB, by id. */
export function engineProcesses(parentId: number): ReadonlyMap<number, number> {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return new Map(
    ids.flatMap((id) => {
      const memory = memoryOfEngine(id, parentId);
      return memory === undefined ? [] : [[Number(id), memory] as const];
    }),
  );
}

/** `undefined` when it is gone or another program. */
function memoryOfEngine(id: string, parentId: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${id}/status`, 'utf8');
    const isChild = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) === parentId;
    if (!isChild || !readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('engine-worker.js')) return undefined;
    const kibibytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
  } catch {
    return undefined;
  }
}
