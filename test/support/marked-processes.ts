import { readdirSync, readFileSync } from 'node:fs';

/** Ids of the processes that run with a text in their environment, such as the name of a folder. Linux only. */
export function markedProcesses(mark: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((id) => hasMark(id, mark));
}

function hasMark(id: number, mark: string): boolean {
  try {
    return readFileSync(`/proc/${id}/environ`, 'latin1').includes(mark);
  } catch {
    return false;
  }
}
