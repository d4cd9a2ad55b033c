import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Rule } from '@docket/core';
import { engineProcesses } from '../../test/support/engine-processes.js';
import { ApiClient } from '../server/api-client.js';
import { distinctCopy } from '../server/distinct-copy.js';
import { CONCURRENCY } from '../server/machine.js';
import { type BenchServer, startServer } from '../server/server-process.js';
import { fixturePaths, fixtureRuleList } from '../speed/speed-documents.js';

/** How long a soak is. */
export interface SoakOptions {
  readonly documents: number;
  /** Documents from one look at the processes to the next. */
  readonly every: number;
}

/** A look at the server while documents went through it. Engine processes count together. */
export interface SoakSample {
  readonly documents: number;
  readonly serverBytes: number;
  readonly enginesBytes: number;
  readonly serverFiles: number;
  readonly enginesFiles: number;
  readonly logBytes: number;
}

/** What a soak saw. */
export interface SoakRun {
  readonly samples: readonly SoakSample[];
  readonly tookMs: number;
  /** Documents whose answer was another than that to the first copy, and what was said. */
  readonly wrong: readonly string[];
  /** Jobs that the server has completed, of all that it knows. */
  readonly completed: number;
  readonly jobs: number;
  /** Engine processes that were lost or ended before the end. */
  readonly restarts: number;
}

/** Requests at a time: more than there are engine processes, so that these never wait for a client. */
const AT_ONCE = CONCURRENCY * 4;

/** Longest time that a client waits for its job: seconds. */
const LONGEST_WAIT_SECONDS = 60;

/**
 * Sends documents through a new server, as clients do: upload, create, wait for the answer. All contents differ, so nothing
 * is known from an earlier reading, and nothing is ever deleted. Needs `/proc`.
 */
export async function runSoak({ documents, every }: SoakOptions): Promise<SoakRun> {
  const paths = await fixturePaths();
  const originals = await Promise.all(
    paths.map(async (path) => ({ name: basename(path), bytes: await readFile(path) })),
  );
  const rules = await fixtureRuleList();
  await using server = await startServer(CONCURRENCY);
  using client = new ApiClient(server.url, AT_ONCE);
  const samples: SoakSample[] = [];
  const wrong: string[] = [];
  const answers = new Map<string, string>();
  const started = performance.now();
  let next = 0;
  let ended = 0;
  const work = async () => {
    for (let number = next++; number < documents; number = next++) {
      const { name, bytes } = originals[number % originals.length] ?? { name: '', bytes: Buffer.alloc(0) };
      const answer = await classify(client, { name, bytes: distinctCopy(bytes, number), rules });
      const expected = answers.get(name) ?? answer;
      answers.set(name, expected);
      if (answer !== expected || !answer.startsWith('COMPLETED')) wrong.push(`${number} ${name}: ${answer}`);
      if (++ended % every === 0) samples.push(look(server, ended));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const tookMs = performance.now() - started;
  const statuses = (await client.allJobs()).map(({ status }) => status);
  const completed = statuses.filter((status) => status === 'COMPLETED').length;
  return { samples, tookMs, wrong, completed, jobs: statuses.length, restarts: await restartsOf(server) };
}

interface SoakDocument {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly rules: readonly Rule[];
}

async function classify(client: ApiClient, { name, bytes, rules }: SoakDocument): Promise<string> {
  const fileId = await client.upload(name, bytes);
  const { status, result, error_message } = await client.createJob(fileId, rules, LONGEST_WAIT_SECONDS);
  return `${status} ${result?.type} ${result?.confidence} ${error_message}`;
}

function look({ processId, dataFolder }: BenchServer, documents: number): SoakSample {
  const engines = [...engineProcesses(processId)];
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    documents,
    serverBytes: residentBytes(processId),
    enginesBytes: sum(engines.map(([, mebibytes]) => mebibytes * 1024 ** 2)),
    serverFiles: openFiles(processId),
    enginesFiles: sum(engines.map(([id]) => openFiles(id))),
    logBytes: statSync(join(dataFolder, 'docket.db-wal')).size,
  };
}

function residentBytes(processId: number): number {
  const status = readFileSync(`/proc/${processId}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
}

function openFiles(processId: number): number {
  return readdirSync(`/proc/${processId}/fd`).length;
}

async function restartsOf({ url }: BenchServer): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^docket_worker_restarts_total (\d+)$/m.exec(metrics)?.[1]);
}
