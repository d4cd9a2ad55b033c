import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { answerOf, type OutcomeRecord } from '../support/outcome.js';
import { isLong } from '../support/project.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import type { HostileDocument } from './generated/hostile-document.js';
import { hostileOffice } from './generated/hostile-office.js';
import { hostilePdfs } from './generated/hostile-pdfs.js';
import { hostileTexts } from './generated/hostile-texts.js';
import { type ApartRun, allowedTime, classifyApart } from './support/classify-apart.js';
import { type ServedRun, serveApart } from './support/serve-apart.js';

/** Larger documents are sent to the server in the long run alone. */
const MOST_SENT_BYTES = isLong ? Number.POSITIVE_INFINITY : 2 ** 20;

const documents: readonly HostileDocument[] = [...hostilePdfs, ...hostileOffice, ...hostileTexts].filter(
  ({ isHeavy }) => isLong || !isHeavy,
);

const [spinning, ending] = [true, false].map((spins) =>
  documents.filter((document) => Boolean(document.spins) === spins),
);

const TIMEOUT_MS = 900_000;

/** Time for a document that never ends of itself. */
const SPINNING_MS = 3_000;

describe(`${documents.length} documents that are made to do harm`, () => {
  let runs: readonly ApartRun[];
  let records: ReadonlyMap<string, OutcomeRecord>;
  let served: readonly ServedRun[];
  const sent = new Set<string>();

  beforeAll(async () => {
    // Those that never end of themselves are given less time than a busy machine may need for the others.
    runs = await Promise.all([classifyAll(ending, 90_000), classifyAll(spinning, SPINNING_MS)]);
    records = new Map(
      runs.flatMap((run) => run.records).map((record) => [record.path.split('/').at(-1) ?? '', record]),
    );
    served = await Promise.all([
      serveApart(smallOf(ending), TIMEOUT_MS),
      serveApart(smallOf(spinning), TIMEOUT_MS, allowedTime(SPINNING_MS)),
    ]);
  }, TIMEOUT_MS);

  async function classifyAll(chosen: readonly HostileDocument[] = [], timeoutMs: number): Promise<ApartRun> {
    const folder = temporaryFolder();
    for (const { name, make } of chosen) writeFileSync(join(folder, name), make());
    return await classifyApart(folder, allowedTime(timeoutMs));
  }

  function* smallOf(chosen: readonly HostileDocument[] = []) {
    for (const { name, make } of chosen) {
      const bytes = make();
      if (bytes.byteLength > MOST_SENT_BYTES) continue;
      sent.add(name);
      yield { name, bytes };
    }
  }

  test.each(documents)('$name ends as fits', ({ name, ends }) => {
    const record = records.get(name);
    const answer = record && 'error' in record ? record.error.code : record ? 'result' : 'nothing';
    expect(ends, JSON.stringify(record).slice(0, 300)).toContain(answer);
  });

  test.each(documents.filter(({ type }) => type !== undefined))('$name is read as what it is', ({ name, type }) => {
    expect(answerOf(records.get(name) as OutcomeRecord)).toEqual({ type });
  });

  test('the runs finish without a word and leave nothing behind but their output', () => {
    for (const { finished, written, processes, before, after } of runs) {
      expect(finished).toEqual({ exitCode: 1, stdout: '', stderr: '' });
      expect({ written, processes }).toEqual({ written: ['results.jsonl'], processes: [] });
      expect(after).toEqual(before);
    }
  });

  test('those that were sent end in the server as by the command', () => {
    expect(sent.size).toBeGreaterThan(40);
    const jobs = new Map(served.flatMap((run) => [...run.jobs]));
    const answers = [...sent].map((name) => [name, jobs.get(name)?.error_message?.split(':')[0] ?? 'result']);
    expect(answers).toEqual(
      [...sent].map((name) => {
        const record = records.get(name);
        return [name, record && 'error' in record ? record.error.code : 'result'];
      }),
    );
  });

  test('the servers are well after them, and leave nothing behind but their data', () => {
    for (const { health, exitCode, dataFiles, strays, processes } of served) {
      expect({ health, exitCode, strays, processes }).toEqual({ health: 200, exitCode: 0, strays: [], processes: [] });
      expect(dataFiles.filter((path) => !/^docket\.(db(-wal|-shm)?|lock)$/.test(path))).toEqual([]);
    }
  });
});
