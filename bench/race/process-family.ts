import { readdirSync, readFileSync } from 'node:fs';

/** A process and all below it, itself first; none where it is gone or the system does not tell (it needs `/proc`). */
export function familyOf(processId: number): number[] {
  try {
    const threads = readdirSync(`/proc/${processId}/task`);
    const children = threads.flatMap((thread) =>
      readFileSync(`/proc/${processId}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
    return [processId, ...children.flatMap(familyOf)];
  } catch {
    return [];
  }
}
