import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** For benchmarks of networks (RFC 2544): no machine has it. */
const RANGE = '198.18';

/** Networks of four addresses in the range. */
const NETWORKS = 16_384;

/** Why there can be no network of its own here; undefined where there can be one. */
export const noLink: string | undefined = whyNot();

/**
 * A network of its own, as a machine elsewhere has it, and the one link that leads there. A cut link loses everything, and nobody
 * is told; connections outlast it, as those between machines do. Disposing of it, or the end of this process, leaves nothing
 * behind but what runs there.
 */
export class CuttableLink implements AsyncDisposable {
  private constructor(
    private readonly holder: ChildProcess,
    /** Of this machine, there. */
    readonly address: string,
    private readonly farEnd: string,
  ) {}

  /** @throws Error where there can be none: see {@link noLink} */
  static async start(): Promise<CuttableLink> {
    // It ends when nothing can write to it any more, and the network with it.
    const holder = spawn('unshare', ['--net', 'sh', '-c', 'echo ready; exec cat'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    const first = 4 * (process.pid % NETWORKS);
    const addressOf = (number: number) => `${RANGE}.${number >> 8}.${number & 255}`;
    const [near, far] = [`docket${process.pid}`, `there${process.pid}`];
    const link = new CuttableLink(holder, addressOf(first + 2), far);
    run(['ip', 'link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', String(holder.pid)]);
    run(['ip', 'address', 'add', `${addressOf(first + 1)}/30`, 'dev', near]);
    run(['ip', 'link', 'set', near, 'up']);
    run([...link.there, 'ip', 'address', 'add', `${link.address}/30`, 'dev', far]);
    run([...link.there, 'ip', 'link', 'set', 'lo', 'up']);
    link.mend();
    return link;
  }

  /** A command before which this one runs it there, in the same process. */
  get there(): readonly string[] {
    return ['nsenter', `--target=${this.holder.pid}`, '--net'];
  }

  /** From now on nothing comes through, neither way. */
  cut(): void {
    run([...this.there, 'ip', 'link', 'set', this.farEnd, 'down']);
  }

  /** From now on everything comes through again, also what is sent once more because nobody confirmed it. */
  mend(): void {
    run([...this.there, 'ip', 'link', 'set', this.farEnd, 'up']);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.holder, 'exit');
    this.holder.kill('SIGKILL');
    await ended;
  }
}

function run([program = '', ...args]: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
}

function whyNot(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root may make a network';
  const tried = 'ip link add docket0 type veth peer name docket1 && exec nsenter --target=$$ --net true';
  const { status, stderr, error } = spawnSync('unshare', ['--net', 'sh', '-c', tried], { encoding: 'utf8' });
  return status === 0 ? undefined : (error?.message ?? stderr.trim());
}
