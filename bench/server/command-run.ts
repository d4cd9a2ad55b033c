import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { basename } from 'node:path';
import type { Racer } from '../race/race.js';
import { docketProgram, plainEnvironment } from './docket-process.js';

/** What one run of `docket classify` is given. */
export interface CommandOptions {
  /** In which the command runs. */
  readonly folder: string;
  readonly rulesFile: string;
  readonly concurrency: number;
  /** Folders in the order in which they are classified: what warms up, if anything does, then what is timed. */
  readonly paths: readonly string[];
  readonly warmUpCount: number;
  readonly timedCount: number;
}

/** How documents were classified, by their names; by both ways the same. */
export type Answers = ReadonlyMap<string, string>;

/** One run of the command, which has done what warms up, or has just begun. Disposing of it ends the command. */
export class CommandRun implements Racer, AsyncDisposable {
  private readonly child: ChildProcess;
  private readonly closed: Promise<unknown[]>;
  private readonly progress = new EventEmitter();
  private readonly chunks: Buffer[] = [];
  private lines = 0;

  private constructor(private readonly options: CommandOptions) {
    const { folder, rulesFile, concurrency, paths } = options;
    const flags = ['--rules', rulesFile, '--format', 'jsonl', '--concurrency', String(concurrency)];
    const child = spawn(process.execPath, [docketProgram, 'classify', ...paths, ...flags], {
      cwd: folder,
      env: plainEnvironment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child = child;
    this.closed = once(child, 'close');
    child.stdout.on('data', (chunk: Buffer) => {
      this.chunks.push(chunk);
      for (const byte of chunk) if (byte === NEWLINE) this.lines++;
      this.progress.emit('lines');
    });
  }

  /** Starts the command. @returns When the line of the last document that warms up has come; at once when none does */
  static async prepare(options: CommandOptions): Promise<CommandRun> {
    const run = new CommandRun(options);
    await run.untilLines(options.warmUpCount);
    return run;
  }

  get processIds(): readonly number[] {
    return [this.child.pid ?? 0];
  }

  /** Waits for the line of the last document. */
  async work(): Promise<void> {
    await this.untilLines(this.options.warmUpCount + this.options.timedCount);
  }

  /** @throws Error when the command fails or answers more or less than it was given */
  async answers(): Promise<Answers> {
    const { warmUpCount, timedCount } = this.options;
    const [exitCode] = await this.closed;
    const total = warmUpCount + timedCount;
    if (exitCode !== 0 || this.lines !== total)
      throw new Error(`the command ended with ${exitCode} after ${this.lines} of ${total}`);
    const timed = Buffer.concat(this.chunks).toString('utf8').trimEnd().split('\n').slice(warmUpCount);
    return new Map(timed.map(answerOf));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill();
    await this.closed;
  }

  private async untilLines(count: number): Promise<void> {
    while (this.lines < count) {
      const ended = this.closed.then(([exitCode]) => Promise.reject(new Error(`the command ended with ${exitCode}`)));
      await Promise.race([once(this.progress, 'lines'), ended]);
    }
  }
}

const NEWLINE = 10;

/** Names a classification, so that two ways to it can be compared. */
export function nameAnswer(type: string | null, confidence: number): string {
  return `${type} ${confidence}`;
}

function answerOf(line: string): [name: string, answer: string] {
  const { path, type, confidence } = JSON.parse(line);
  return [basename(path), nameAnswer(type, confidence)];
}
