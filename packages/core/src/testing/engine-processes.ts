import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Whether processes can be listed here. */
export const canListProcesses = existsSync('/proc/self/stat');

/** Ids of the engine processes that this process started and that run. */
export function engineProcessIds(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter(isOwnEngineProcess);
}

function isOwnEngineProcess(id: number): boolean {
  try {
    const [state, parent] = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const command = readFileSync(`/proc/${id}/cmdline`, 'utf8');
    return Number(parent) === process.pid && state !== 'Z' && command.includes('engine-worker.js');
  } catch {
    return false;
  }
}

/** Kills every engine process of this one, again and again, until a promise is settled. */
export async function killUntilSettled(promise: Promise<unknown>): Promise<void> {
  const timer = setInterval(() => {
    for (const id of engineProcessIds()) process.kill(id, 'SIGKILL');
  }, 5);
  await promise.catch(() => {});
  clearInterval(timer);
}
