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

describe(`${documents.length} documents that are made to do harm`, () => {
  let runs: readonly ApartRun[];
  let records: ReadonlyMap<string, OutcomeRecord>;
  let served: ServedRun;
  const sent = new Set<string>();

  beforeAll(async () => {
    // Those that never end of themselves are given less time than a busy machine may need for the others.
    runs = [await classifyAll(ending, 90_000), await classifyAll(spinning, 3_000)];
    records = new Map(
      runs.flatMap((run) => run.records).map((record) => [record.path.split('/').at(-1) ?? '', record]),
    );
    served = await serveApart(smallDocuments(), TIMEOUT_MS);
  }, TIMEOUT_MS);

  async function classifyAll(chosen: readonly HostileDocument[] = [], timeoutMs: number): Promise<ApartRun> {
    const folder = temporaryFolder();
    for (const { name, make } of chosen) writeFileSync(join(folder, name), make());
    return await classifyApart(folder, allowedTime(timeoutMs));
  }

  function* smallDocuments() {
    for (const { name, make } of documents) {
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
    const answers = [...sent].map((name) => [name, served.jobs.get(name)?.error_message?.split(':')[0] ?? 'result']);
    expect(answers).toEqual(
      [...sent].map((name) => {
        const record = records.get(name);
        return [name, record && 'error' in record ? record.error.code : 'result'];
      }),
    );
  });

  test('the server is well after them, and leaves nothing behind but its data', () => {
    const { health, exitCode, dataFiles, strays, processes } = served;
    expect({ health, exitCode, strays, processes }).toEqual({ health: 200, exitCode: 0, strays: [], processes: [] });
    expect(dataFiles.filter((path) => !/^docket\.(db(-wal|-shm)?|lock)$/.test(path))).toEqual([]);
  });
});
