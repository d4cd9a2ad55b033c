import { setImmediate } from 'node:timers/promises';
import { classifyStepwise, readForClassification } from '../classify.js';
import { drawPage } from '../documents/draw-page.js';
import { installBoundedInflate } from '../documents/pdf/bounded-inflate.js';
import { limitPdfiumGrowth } from '../documents/pdf/pdfium/pdfium-instance.js';
import { type EngineOptions, loadEngine } from '../engine.js';
import { engineFacts } from '../engine-facts.js';
import { toDocketError } from '../errors.js';
import { freeMemory } from '../free-memory.js';
import { loadLintTools } from '../load-lint-tools.js';
import { encodeDocument } from '../page-cache/page-record.js';
import { lintRules } from '../rules/lint/lint-rules.js';
import type { ParentMessage, WorkerAnswer, WorkerReply, WorkerTask } from './protocol.js';

/** The program of an engine process: takes documents from its parent, one at a time. */
async function work(task: WorkerTask): Promise<WorkerReply> {
  const started = performance.now();
  try {
    const answer = await answerTo(task);
    return { kind: 'done', id: task.id, ...answer, durationMs: performance.now() - started };
  } catch (thrown) {
    const { code, message, data } = toDocketError(thrown);
    return { kind: 'failed', id: task.id, code, message, data };
  }
}

type Answer = Omit<WorkerAnswer, 'durationMs'>;

function answerTo(task: WorkerTask): Promise<Answer> {
  if (task.kind === 'classify') return classify(task);
  if (task.kind === 'read') return read(task);
  if (task.kind === 'draw') return draw(task);
  return task.kind === 'lint' ? lint(task) : describe(task);
}

const NO_TIMINGS = { readMs: 0, scoreMs: 0 };

async function classify(task: WorkerTask & { kind: 'classify' }): Promise<Answer> {
  const { request, engine, limits } = task;
  const steps = { onReady: () => tell({ kind: 'reading', id: task.id }), ...progressOf(task) };
  const { document, result, readMs, scoreMs } = await classifyStepwise({ ...request, ...engine, limits, ...steps });
  return {
    result: JSON.stringify(result),
    timings: { readMs, scoreMs },
    ...(request.keepPages ? { read: encodeDocument(document) } : {}),
  };
}

async function read(task: WorkerTask & { kind: 'read' }): Promise<Answer> {
  const started = performance.now();
  tell({ kind: 'reading', id: task.id });
  const document = await readForClassification({ ...task.request, limits: task.limits, ...progressOf(task) });
  return { read: encodeDocument(document), timings: { readMs: performance.now() - started, scoreMs: 0 } };
}

async function draw(task: WorkerTask & { kind: 'draw' }): Promise<Answer> {
  tell({ kind: 'reading', id: task.id });
  const image = await drawPage({ ...task.request, limits: task.limits, ...progressOf(task) });
  return { image, timings: NO_TIMINGS };
}

let lintTools: ReturnType<typeof loadLintTools> | undefined;

async function lint({ id, request, engine }: WorkerTask & { kind: 'lint' }): Promise<Answer> {
  lintTools ??= loadLintTools(engine.knowledge || undefined);
  const tools = await lintTools;
  tell({ kind: 'reading', id });
  return { findings: lintRules(request.rules, tools), timings: NO_TIMINGS };
}

async function describe({ engine, request }: WorkerTask & { kind: 'describe' }): Promise<Answer> {
  return { facts: await engineFacts(engine, request), timings: NO_TIMINGS };
}

function tell(reply: WorkerReply): void {
  process.send?.(reply);
}

/** Tells the parent how far a document is: its time goes by it. */
function progressOf({ id }: WorkerTask) {
  return {
    onOpened: (pages: number) => tell({ kind: 'opened', id, pages }),
    onOcr: (pages: number) => tell({ kind: 'recognising', id, pages }),
  };
}

/** An engine that cannot be loaded is the answer to the first document, which says what is wrong. */
async function prepare(engine: EngineOptions): Promise<void> {
  await loadEngine(engine).catch(() => {});
  tell({ kind: 'prepared' });
}

const waiting: WorkerTask[] = [];
let isWorking = false;

function receive(message: ParentMessage): void {
  if (message.kind === 'prepare') return void prepare(message.engine);
  if (message.kind === 'forget') {
    const index = waiting.findIndex(({ id }) => id === message.id);
    if (index === -1) return;
    waiting.splice(index, 1);
    tell({ kind: 'forgotten', id: message.id });
    return;
  }
  waiting.push(message);
  if (!isWorking) void workThrough();
}

async function workThrough(): Promise<void> {
  isWorking = true;
  for (let task = waiting.shift(); task; task = waiting.shift()) {
    tell({ kind: 'started', id: task.id });
    tell(await work(task));
    freeLeftovers();
    await receiveMeanwhile();
  }
  isWorking = false;
}

/** Lets in what was sent while a document was worked on: messages are read between one turn of the loop and the next. */
async function receiveMeanwhile(): Promise<void> {
  await setImmediate();
  await setImmediate();
}

/**
 * Share of its memory that the process may give to what PDFium unpacks: it is to stop before it is ended, also while what the
 * document before it took is still on its way back to the system.
 */
const PDFIUM_SHARE = 0.3;

/** Share of its memory by which documents may make the process grow before what they left is given back. */
const LEFTOVER_SHARE = 0.2;

const maxMemoryBytes = Number(process.argv[2] ?? Number.POSITIVE_INFINITY) * 1024 * 1024;
let settledBytes = process.memoryUsage.rss();

/** A document must not end the process by what those before it left. */
function freeLeftovers(): void {
  if (process.memoryUsage.rss() - settledBytes < LEFTOVER_SHARE * maxMemoryBytes) return;
  freeMemory();
  settledBytes = process.memoryUsage.rss();
}

if (Number.isFinite(maxMemoryBytes)) limitPdfiumGrowth(maxMemoryBytes * PDFIUM_SHARE);
installBoundedInflate();
process.on('message', receive);
// What a terminal or a supervisor sends reaches the whole process group; the parent decides what it means.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.on('disconnect', () => process.exit());
