import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Where Debian puts PostgreSQL. */
const DEBIAN_FOLDER = '/usr/lib/postgresql';
const OLDEST_VERSION = 15;

/** Who may run it where root, as whom it refuses to run, runs the tests. */
const UNPRIVILEGED_USERS = ['postgres', 'nobody'];

const START_TIMEOUT_MS = 30_000;
const DATABASE = 'docket';
const USER = 'docket';

/** How a server is run. */
export interface PrivatePostgresOptions {
  /** Whether it may forget what it committed when the machine fails: faster, and not for tests of faults. @default true */
  readonly isFast?: boolean;
  /** Lines of `pg_hba.conf` that come before those that let everybody in. */
  readonly access?: readonly string[];
  /** Further settings, as `name=value`; the last one of a name holds. */
  readonly settings?: readonly string[];
  /** A command that runs another one, in the same process: in a network of its own, say. */
  readonly runBy?: readonly string[];
  /** Is called with the folder of the data before the server starts. Whatever it leaves there is the server's. */
  readonly prepare?: (folder: string) => void;
}

const binaries = findBinaries();

/** Why there can be no private server here; undefined where there can be one. */
export const noPostgres: string | undefined = whyNot();

/** A PostgreSQL server of the tests alone: data, socket and port of its own. Disposing of it leaves nothing behind. */
export class PrivatePostgres implements AsyncDisposable {
  #process: ChildProcess | undefined;

  private constructor(
    readonly folder: string,
    readonly port: number,
    private readonly options: PrivatePostgresOptions,
  ) {}

  /** Makes and starts one, with an empty database. */
  static async start(options: PrivatePostgresOptions = {}): Promise<PrivatePostgres> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'docket-postgres-')));
    const user = unprivilegedUser();
    if (user !== undefined) chownSync(folder, user.id, user.group);
    runAsUser('initdb', [
      '-D',
      join(folder, 'data'),
      '-U',
      USER,
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '-N',
    ]);
    const server = new PrivatePostgres(folder, await freePort(), options);
    const data = join(folder, 'data');
    const access = join(data, 'pg_hba.conf');
    writeFileSync(access, [...(options.access ?? []), readFileSync(access, 'utf8')].join('\n'));
    options.prepare?.(data);
    for (const name of user ? readdirSync(data) : []) if (user) chownSync(join(data, name), user.id, user.group);
    await server.startAgain();
    server.createDatabase(DATABASE);
    return server;
  }

  /** Of its first process, while it runs. */
  get processId(): number {
    return this.#process?.pid ?? 0;
  }

  /** Makes a further database. @returns Its address */
  createDatabase(name: string): string {
    runAsUser('createdb', ['-h', this.folder, '-p', String(this.port), '-U', USER, name]);
    return this.urlOf(name);
  }

  /** The address of the database that is there from the start. */
  get url(): string {
    return this.urlOf(DATABASE);
  }

  /** The address of a database, over TCP. */
  urlOf(name: string): string {
    return `postgres://${USER}@127.0.0.1:${this.port}/${name}`;
  }

  /** What `pg` connects with, over its socket. */
  get config() {
    return { host: this.folder, port: this.port, user: USER, database: DATABASE };
  }

  /** Starts it after {@link stop}, with the same data, address and port. */
  async startAgain(): Promise<void> {
    const data = join(this.folder, 'data');
    const settings = [`unix_socket_directories=${this.folder}`, 'listen_addresses=127.0.0.1', 'max_connections=200'];
    settings.push(...(this.options.settings ?? []));
    if (this.options.isFast !== false) settings.push('fsync=off', 'full_page_writes=off');
    const args = ['-D', data, '-p', String(this.port), ...settings.flatMap((setting) => ['-c', setting])];
    const [program = '', ...rest] = [...(this.options.runBy ?? []), ...asUser('postgres', args)];
    this.#process = spawn(program, rest, { stdio: 'ignore', cwd: this.folder });
    await this.#untilReady();
  }

  /** @param signal SIGINT: at once, and in order; SIGQUIT: as in a crash */
  async stop(signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT'): Promise<void> {
    const process = this.#process;
    if (process === undefined || process.exitCode !== null) return;
    const ended = once(process, 'exit');
    process.kill(signal);
    await ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop('SIGQUIT');
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #untilReady(): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    const args = ['-h', this.folder, '-p', String(this.port), '-U', USER, '-q'];
    while (spawnSync(join(binaries ?? '', 'pg_isready'), args).status !== 0) {
      if (Date.now() > deadline || this.#process?.exitCode !== null) throw new Error('PostgreSQL does not start');
      await delay(20);
    }
  }
}

function findBinaries(): string | undefined {
  const versions = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER).map(Number) : [];
  const newest = Math.max(...versions.filter((version) => version >= OLDEST_VERSION));
  const folder = join(DEBIAN_FOLDER, String(newest), 'bin');
  return existsSync(join(folder, 'initdb')) ? folder : undefined;
}

function whyNot(): string | undefined {
  if (binaries === undefined)
    return `needs PostgreSQL ${OLDEST_VERSION} or later in ${DEBIAN_FOLDER} (apt-get install postgresql)`;
  if (process.getuid?.() === 0 && unprivilegedUser() === undefined)
    return 'needs the user postgres or nobody, and setpriv';
  return undefined;
}

/** Undefined where the tests may run it themselves. */
function unprivilegedUser(): { readonly name: string; readonly id: number; readonly group: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of UNPRIVILEGED_USERS) {
    const [id, group] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout));
    if (id !== undefined && group !== undefined && id > 0 && group > 0) return { name, id, group };
  }
  return undefined;
}

function asUser(program: string, args: readonly string[]): string[] {
  const user = unprivilegedUser();
  const command = [join(binaries ?? '', program), ...args];
  if (user === undefined) return command;
  return ['setpriv', `--reuid=${user.id}`, `--regid=${user.group}`, '--clear-groups', ...command];
}

function runAsUser(program: string, args: readonly string[]): void {
  const [command = '', ...rest] = asUser(program, args);
  const { status, stderr, error } = spawnSync(command, rest, { encoding: 'utf8', cwd: '/' });
  if (status !== 0) throw new Error(`${program} failed: ${error?.message ?? stderr}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
