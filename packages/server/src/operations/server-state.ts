import { type EngineFacts, ModelRegistry, toDocketError } from '@docket/core';
import type { z } from '@hono/zod-openapi';
import type { serverStateSchema } from '../schemas/server-state.js';
import type { Services } from '../services.js';
import { PACKAGE_VERSION } from './package-version.js';

type ServerState = z.input<typeof serverStateSchema>;

/** What a server was started with, as far as its state tells. */
export interface ServerFacts {
  readonly scorer: string;
  readonly ocrMode: string;
  readonly modelsFolder: string;
  /** Processes that work on jobs. */
  readonly processes: number;
  /** What keeps jobs and files: `sqlite` or `postgresql`. */
  readonly database: string;
  readonly startedAt: Date;
}

/** How long the engine is waited for: it may be at work. */
const LONGEST_MS = 10_000;

/** Looks at everything that this server works with, as `docket doctor` does. @param longestMs For tests */
export async function describeServer(services: Services, longestMs = LONGEST_MS): Promise<ServerState> {
  const { store, runner, settings, facts, events } = services;
  const [engine, models, counts, freeBytes] = await Promise.all([
    describeEngine(services, longestMs),
    listModels(facts.modelsFolder),
    store.jobs.counts(),
    store.freeBytes(),
  ]);
  const { byStatus, oldestPending } = counts;
  return {
    docket: PACKAGE_VERSION,
    node: process.versions.node,
    machine: `${process.platform} ${process.arch}`,
    started_at: facts.startedAt.toISOString(),
    ...engine,
    models,
    queue: {
      pending: byStatus.PENDING,
      running: byStatus.RUNNING,
      completed: byStatus.COMPLETED,
      failed: byStatus.FAILED,
      cancelled: byStatus.CANCELLED,
      oldest_pending_at: oldestPending ?? null,
      max_pending: settings.maxPendingJobs,
      jobs_per_second: runner.jobsPerSecond,
    },
    workers: { processes: facts.processes, restarts: runner.restarts },
    disk: { free_bytes: Number.isFinite(freeBytes) ? freeBytes : null, min_free_bytes: settings.minFreeBytes },
    database: { kind: facts.database },
    event_streams: events.watching,
  };
}

async function describeEngine({ foreground, runner, facts }: Services, longestMs: number) {
  const [known, selfTest] = await Promise.all([
    within(longestMs, foreground.describe()).catch((error: unknown) => toDocketError(error).message),
    statusOf(runner.selfTest),
  ]);
  const found: EngineFacts | undefined = typeof known === 'string' ? undefined : known;
  const problem = typeof known === 'string' ? known : selfTest.problem;
  return {
    engine: {
      status: selfTest.status,
      problem,
      scorer: facts.scorer,
      identity: found?.identity ?? null,
      is_fitted: found?.isFitted ?? null,
    },
    knowledge: found ? { ...found.knowledge, languages: [...found.knowledge.languages] } : null,
    ocr: describeOcr(facts.ocrMode, found),
  };
}

function within<Value>(milliseconds: number, promise: Promise<Value>): Promise<Value | string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      resolve,
      milliseconds,
      `the engine did not answer within ${milliseconds / 1000} s`,
    ).unref();
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function describeOcr(mode: string, found: EngineFacts | undefined): ServerState['ocr'] {
  const { ocr } = found ?? {};
  if (!ocr) return { mode, engine: null, languages: [], problem: null };
  if ('problem' in ocr) return { mode, engine: null, languages: [], problem: ocr.problem };
  const languages = ocr.languages.map(({ code, iso }) => ({ code, iso }));
  return { mode, engine: ocr.engine, languages, problem: null };
}

/** Never waits for a self-test that still runs. */
function statusOf(selfTest: Promise<void>): Promise<Pick<ServerState['engine'], 'status' | 'problem'>> {
  const running = new Promise<Pick<ServerState['engine'], 'status' | 'problem'>>((resolve) =>
    setImmediate(resolve, { status: 'starting', problem: null }),
  );
  const ended = selfTest.then(
    () => ({ status: 'ok', problem: null }) as const,
    (error: unknown) => ({ status: 'failed', problem: toDocketError(error).message }) as const,
  );
  return Promise.race([ended, running]);
}

async function listModels(folder: string): Promise<ServerState['models']> {
  const { models, broken } = await new ModelRegistry({ folder }).list();
  return [
    ...models.map(({ name, manifest }) => ({ name, tasks: [...manifest.tasks], problem: null })),
    ...broken.map(({ name, error }) => ({ name, tasks: [], problem: error.message })),
  ];
}
