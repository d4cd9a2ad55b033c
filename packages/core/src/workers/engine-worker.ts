import { setImmediate } from 'node:timers/promises';
import { type Classification, classifyStepwise, readForClassification } from '../classify.js';
import { installBoundedInflate } from '../documents/pdf/bounded-inflate.js';
import { toDocketError } from '../errors.js';
import { encodeDocument } from '../page-cache/page-record.js';
import type { ParentMessage, WorkerAnswer, WorkerReply, WorkerTask } from './protocol.js';

/** The program of an engine process: takes documents from its parent, one at a time. */
async function work(task: WorkerTask): Promise<WorkerReply> {
  const started = performance.now();
  try {
    const answer = await (task.kind === 'classify' ? classify(task) : read(task));
    return { kind: 'done', id: task.id, ...answer, durationMs: performance.now() - started };
  } catch (thrown) {
    const { code, message, data } = toDocketError(thrown);
    return { kind: 'failed', id: task.id, code, message, data };
  }
}

type Answer = Omit<WorkerAnswer, 'durationMs'>;

async function classify({ request, engine, limits }: WorkerTask & { kind: 'classify' }): Promise<Answer> {
  const { document, result, readMs, scoreMs } = await classifyStepwise({ ...request, ...engine, limits });
  return {
    result: plain(result),
    timings: { readMs, scoreMs },
    ...(request.keepPages ? { read: encodeDocument(document) } : {}),
  };
}

async function read({ request, limits }: WorkerTask & { kind: 'read' }): Promise<Answer> {
  const started = performance.now();
  const document = await readForClassification({ ...request, limits });
  return { read: encodeDocument(document), timings: { readMs: performance.now() - started, scoreMs: 0 } };
}

/** Getters (evidence is made when asked for) do not survive the way to the parent. */
function plain(result: Classification): Classification {
  return JSON.parse(JSON.stringify(result));
}

const waiting: WorkerTask[] = [];
let isWorking = false;

function receive(message: ParentMessage): void {
  if (message.kind === 'forget') {
    const index = waiting.findIndex(({ id }) => id === message.id);
    if (index !== -1) waiting.splice(index, 1);
    return;
  }
  waiting.push(message);
  if (!isWorking) void workThrough();
}

async function workThrough(): Promise<void> {
  isWorking = true;
  for (let task = waiting.shift(); task; task = waiting.shift()) {
    process.send?.({ kind: 'started', id: task.id } satisfies WorkerReply);
    process.send?.(await work(task));
    await receiveMeanwhile();
  }
  isWorking = false;
}

/** Lets in what was sent while a document was worked on: messages are read between one turn of the loop and the next. */
async function receiveMeanwhile(): Promise<void> {
  await setImmediate();
  await setImmediate();
}

installBoundedInflate();
process.on('message', receive);
// An interrupt from the terminal reaches the whole process group; the parent decides what it means.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
