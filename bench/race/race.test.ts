import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { type Racer, race } from './race.js';

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A process that echoes what it is sent, once it runs. */
function startEcho(): ChildProcess {
  const child = spawn('cat', { stdio: ['pipe', 'pipe', 'ignore'] });
  children.push(child);
  return child;
}

const stateOf = ({ pid }: ChildProcess) => /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];

async function echo({ stdin, stdout }: ChildProcess): Promise<void> {
  stdin?.write('x');
  if (stdout) await once(stdout, 'data');
}

describe.skipIf(!existsSync('/proc/self/status'))('race', () => {
  it('stops all others while one side runs, and tells how long each ran', async () => {
    const [one, other] = [startEcho(), startEcho()];
    const racerOf = (mine: ChildProcess, its: ChildProcess): Racer => ({
      processIds: [mine.pid ?? 0],
      work: async () => {
        await expect.poll(() => stateOf(its)).toBe('T');
        await echo(mine);
      },
    });
    const took = await race([racerOf(one, other), racerOf(other, one)]);
    expect(took.every((milliseconds) => milliseconds > 0)).toBe(true);
    await Promise.all([echo(one), echo(other)]);
  });

  it('lets all run again when the work of one fails', async () => {
    const [one, other] = [startEcho(), startEcho()];
    const failing = { processIds: [one.pid ?? 0], work: () => Promise.reject(new Error('no work')) };
    const waiting = { processIds: [other.pid ?? 0], work: () => Promise.resolve() };
    await expect(race([failing, waiting])).rejects.toThrow('no work');
    await Promise.all([echo(one), echo(other)]);
  });

  it('throws what broke while another side had its turn', async () => {
    const [one, other] = [startEcho(), startEcho()];
    let breakNow = (_: Error) => {};
    const breaking: Racer = {
      processIds: [one.pid ?? 0],
      work: () =>
        new Promise((_, reject) => {
          breakNow = reject;
        }),
    };
    const bystander: Racer = {
      processIds: [other.pid ?? 0],
      work: async () => {
        breakNow(new Error('it broke'));
        await echo(other);
      },
    };
    await expect(race([breaking, bystander])).rejects.toThrow('it broke');
  });
});
