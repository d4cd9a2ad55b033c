import { spawn } from 'node:child_process';
import { docketProgram, fixturesFolder } from './project.js';

/** How the command is run. */
export interface RunOptions {
  /** Added to an environment without any setting of Docket; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** @default the fixtures */
  readonly folder?: string;
  readonly stdin?: string | Uint8Array;
  /** A command that starts the program for us, such as `unshare`. */
  readonly launcher?: readonly string[];
}

/** What a run of the command left behind. */
export interface FinishedRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built `docket` command as a process of its own. */
export function runDocket(argv: readonly string[], options: RunOptions = {}): Promise<FinishedRun> {
  return runProcess([...(options.launcher ?? []), process.execPath, docketProgram, ...argv], options);
}

/** Runs any program like {@link runDocket}: same environment, same folder. */
export function runProcess([program = '', ...argv]: readonly string[], options: RunOptions): Promise<FinishedRun> {
  const { env = {}, folder = fixturesFolder, stdin = '' } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, argv, { cwd: folder, env: { ...plainEnvironment(), ...env } });
    const stdout = collect(child.stdout);
    const stderr = collect(child.stderr);
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout: textOf(stdout), stderr: textOf(stderr) }));
    // A program that ends without reading its input closes the pipe.
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
  });
}

/** The environment without what would change the command: settings, colours, options of Node. */
export function plainEnvironment(): Record<string, string | undefined> {
  const isOurs = (name: string) => /^(DOCKET_|VITEST|NODE_OPTIONS$|NO_COLOR$|FORCE_COLOR$|CI$)/.test(name);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOurs(name)));
}

function collect(stream: NodeJS.ReadableStream): Buffer[] {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return chunks;
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
