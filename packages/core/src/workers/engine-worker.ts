import { classifyDocument } from '../classify.js';
import { toDocketError } from '../errors.js';
import type { WorkerReply, WorkerTask } from './protocol.js';

/** The program of an engine process: takes documents from its parent, one at a time. */
async function work({ id, request, engine, limits }: WorkerTask): Promise<WorkerReply> {
  const started = performance.now();
  try {
    const result = await classifyDocument({ ...request, ...engine, limits });
    return { kind: 'done', id, result: structuredResult(result), durationMs: performance.now() - started };
  } catch (thrown) {
    const { code, message, data } = toDocketError(thrown);
    return { kind: 'failed', id, code, message, data };
  }
}

/** Getters (evidence is made when asked for) do not survive the way to the parent. */
function structuredResult<Result>(result: Result): Result {
  return JSON.parse(JSON.stringify(result));
}

process.on('message', (task: WorkerTask) => {
  process.send?.({ kind: 'started', id: task.id } satisfies WorkerReply);
  void work(task).then((reply) => process.send?.(reply));
});
// An interrupt from the terminal reaches the whole process group; the parent decides what it means.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
