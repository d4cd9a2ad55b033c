import { type LaunchedServer, launchServer } from '../../server/support/launch-server.js';
import { launchWorker } from '../../support/docket-worker.js';
import { below, type Random } from '../../support/random.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** How many of each there are. */
export interface ClusterSize {
  readonly servers: number;
  readonly workers: number;
}

/** A process of a cluster: a server, or a worker. */
export interface Member {
  readonly kind: 'server' | 'worker';
  readonly process: Omit<LaunchedServer, 'address'>;
  /** Where a server listens; empty for a worker. */
  readonly url: Promise<string>;
}

/** Servers that only serve, and workers, on one database. Disposing of it ends all of them with SIGKILL. */
export class TestCluster implements AsyncDisposable {
  readonly members: Member[] = [];

  private constructor(private readonly database: string) {}

  /** Launches all, and waits until they are ready. */
  static async start(database: string, { servers, workers }: ClusterSize): Promise<TestCluster> {
    const cluster = new TestCluster(database);
    for (let number = 0; number < servers; number++) cluster.members.push(cluster.launch('server'));
    for (let number = 0; number < workers; number++) cluster.members.push(cluster.launch('worker'));
    await Promise.all(cluster.members.map(({ process }) => process.ready));
    return cluster;
  }

  /** The address of a server, any. */
  async anyServer(random: Random): Promise<string> {
    const servers = this.of('server');
    return (await servers[below(servers.length, random)]?.url) ?? '';
  }

  of(kind: Member['kind']): Member[] {
    return this.members.filter((member) => member.kind === kind);
  }

  /** Kills a member and launches another in its place, which starts meanwhile. */
  async replace(member: Member): Promise<Member> {
    member.process.send('SIGKILL');
    await member.process.ended;
    const next = this.launch(member.kind);
    this.members[this.members.indexOf(member)] = next;
    return next;
  }

  /** Logs of those that have ended, though nobody ended them. */
  async dead(): Promise<string[]> {
    const logs: string[] = [];
    for (const { process } of this.members) {
      const isAlive = await Promise.race([process.ended.then(() => false), Promise.resolve(true)]);
      if (!isAlive) logs.push(process.log().slice(-2_000));
    }
    return logs;
  }

  /** Asks all to stop, and waits for their ends. @returns Their exit codes */
  async stop(): Promise<(number | null)[]> {
    for (const { process } of this.members) process.send('SIGTERM');
    return Promise.all(this.members.map(async ({ process }) => (await process.ended).exitCode));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.members.map(({ process }) => process[Symbol.asyncDispose]()));
  }

  private launch(kind: Member['kind']): Member {
    const { database } = this;
    const env = { DOCKET_OCR: 'off' };
    if (kind === 'worker') {
      const process = launchWorker({ database, args: ['--concurrency', '1'], env });
      process.ready.catch(() => {});
      return { kind, process, url: Promise.resolve('') };
    }
    const args = ['--no-worker', '--database', database];
    const server = launchServer({ dataFolder: temporaryFolder(), args, env });
    return { kind, process: server, url: server.address };
  }
}
