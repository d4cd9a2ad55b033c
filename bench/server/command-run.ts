import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import { docketProgram, plainEnvironment } from './docket-process.js';

/** What one run of `docket classify` is given. */
export interface CommandOptions {
  /** In which the command runs. */
  readonly folder: string;
  readonly rulesFile: string;
  readonly concurrency: number;
  /** Folders in the order in which they are classified: what warms up, then what is timed. */
  readonly paths: readonly [warmUp: string, timed: string];
  readonly warmUpCount: number;
  readonly timedCount: number;
}

/** How a document was classified, by both ways the same. */
export type Answers = ReadonlyMap<string, string>;

/** A batch that was timed. */
export interface TimedBatch {
  readonly tookMs: number;
  /** By the name of the document. */
  readonly answers: Answers;
}

/**
 * Classifies two folders in one run of the command, and times the second one: from the line of the last document that
 * warms up to the line of the last document, as they come through the pipe.
 * @throws Error when the command fails or answers more or less than it was given
 */
export async function runCommand(options: CommandOptions): Promise<TimedBatch> {
  const { folder, rulesFile, concurrency, paths, warmUpCount, timedCount } = options;
  const flags = ['--rules', rulesFile, '--format', 'jsonl', '--concurrency', String(concurrency)];
  const child = spawn(process.execPath, [docketProgram, 'classify', ...paths, ...flags], {
    cwd: folder,
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  const total = warmUpCount + timedCount;
  let lines = 0;
  let started = 0;
  let ended = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    const now = performance.now();
    chunks.push(chunk);
    const before = lines;
    for (const byte of chunk) if (byte === NEWLINE) lines++;
    if (before < warmUpCount && lines >= warmUpCount) started = now;
    if (before < total && lines >= total) ended = now;
  });
  const [exitCode] = await once(child, 'close');
  if (exitCode !== 0 || lines !== total)
    throw new Error(`the command ended with ${exitCode} after ${lines} of ${total}`);
  const timed = Buffer.concat(chunks).toString('utf8').trimEnd().split('\n').slice(warmUpCount);
  return { tookMs: ended - started, answers: new Map(timed.map(answerOf)) };
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
