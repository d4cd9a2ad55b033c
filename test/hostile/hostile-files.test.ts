import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { answerOf, type OutcomeRecord } from '../support/outcome.js';
import { fixturesFolder, hasSharedHostile, sharedHostileFolder } from '../support/project.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { type ApartRun, classifyApart, filesBelow } from './support/classify-apart.js';
import { fittingEndings, manifest } from './support/manifest.js';
import { type ServedRun, serveApart } from './support/serve-apart.js';

describe('the hostile fixtures', () => {
  test('each end as they should, and nothing is written but the output', async () => {
    const { finished, records, written, before, after, processes } = await classifyApart(
      join(fixturesFolder, 'hostile'),
    );
    expect(finished).toEqual({ exitCode: 1, stdout: '', stderr: '' });
    expect(Object.fromEntries(records.map((record) => [record.path.split('/').at(-1), answerOf(record)]))).toEqual({
      'blank.png': { error: 'document.no_text' },
      'garbage.pdf': { error: 'document.corrupt' },
      'invoice.txt': { type: 'invoice' },
      'truncated.pdf': expect.toSatisfy(isResultOrDocumentError),
      'unsupported.heic': { error: 'document.unsupported_type' },
      'zero-byte.pdf': { error: 'document.corrupt' },
    });
    expect({ written, processes }).toEqual({ written: ['results.jsonl'], processes: [] });
    expect(after).toEqual(before);
  });

  test('archives whose entries lead out of their folder write nothing', async () => {
    const text = Buffer.from(
      '<w:document><w:body><w:p><w:r><w:t>Invoice number 12, total due</w:t></w:r></w:p></w:body></w:document>',
    );
    const evil = Object.fromEntries(
      ['../evil.txt', '../../evil.txt', '../../../tmp/evil.txt', 'C:\\evil.txt', 'word/../../evil.txt'].map((name) => [
        name,
        text,
      ]),
    );
    const folder = temporaryFolder({
      'escape.zip': zipSync(evil),
      'escape.docx': zipSync({ ...evil, '[Content_Types].xml': text, 'word/document.xml': text }),
    });
    const { finished, records, written, before, after } = await classifyApart(folder);
    expect(finished.stderr).toBe('');
    expect(records).toHaveLength(2);
    expect(records.map(answerOf)).toContainEqual({ error: 'document.unsupported_type' });
    expect(written).toEqual(['results.jsonl']);
    expect(after).toEqual(before);
  });
});

describe.skipIf(!hasSharedHostile)('the hostile documents of others (../shared/eval/hostile)', () => {
  let run: ApartRun;
  let records: ReadonlyMap<string, OutcomeRecord>;
  let served: ServedRun;

  beforeAll(async () => {
    run = await classifyApart(sharedHostileFolder);
    records = new Map(run.records.map((record) => [record.path.split('/').at(-1) ?? '', record]));
    const documents = manifest.map(({ path }) => {
      return { name: path, bytes: readFileSync(join(sharedHostileFolder, path)) };
    });
    served = await serveApart(documents, 170_000);
  }, 350_000);

  test('each have a line, in order, and the run finishes without a word', () => {
    expect(run.finished).toEqual({ exitCode: 1, stdout: '', stderr: '' });
    expect(run.records.map(({ path }) => path)).toEqual(
      filesBelow(sharedHostileFolder).map((name) => join(sharedHostileFolder, name)),
    );
    expect(manifest.filter(({ path }) => !records.has(path))).toEqual([]);
  });

  test.each(manifest)('$path ($what) ends as fits', (entry) => {
    const record = records.get(entry.path);
    expect(fittingEndings(entry)).toContain(record && 'error' in record ? record.error.code : 'result');
  });

  test('the facts lead to each kind of ending for several of them', () => {
    const strict = manifest.map(fittingEndings).filter((endings) => endings.length === 1);
    for (const ending of ['result', 'document.encrypted', 'document.unsupported_type'] as const) {
      expect(strict.filter(([only]) => only === ending).length, ending).toBeGreaterThanOrEqual(3);
    }
  });

  test.each(manifest)('$path ends in the server as by the command', ({ path }) => {
    const record = records.get(path) as OutcomeRecord;
    const job = served.jobs.get(path);
    if ('error' in record) {
      expect(job).toMatchObject({ status: 'FAILED', result: null });
      expect(job?.error_message).toBe(`${record.error.code}: ${record.error.message}`);
    } else {
      const { type, confidence } = record;
      expect(job).toMatchObject({ status: 'COMPLETED', result: { type, confidence }, error_message: null });
    }
  });

  test('are as they were, and nothing is left behind but the output', () => {
    const { written, processes } = run;
    expect({ written, processes }).toEqual({ written: ['results.jsonl'], processes: [] });
    expect(run.after).toEqual(run.before);
  });

  test('leave the server well, and nothing behind but its data', () => {
    const { health, exitCode, dataFiles, uploads, strays, processes } = served;
    expect({ health, exitCode, strays, processes }).toEqual({ health: 200, exitCode: 0, strays: [], processes: [] });
    expect(dataFiles.filter((path) => !/^docket\.(db(-wal|-shm)?|lock)$/.test(path))).toEqual([]);
    expect(uploads).toBe(manifest.length);
    expect(served.log).not.toMatch(/"level":(50|60)|unhandled/i);
  });
});

function isResultOrDocumentError(answer: ReturnType<typeof answerOf>): boolean {
  return 'type' in answer || /^(document|capacity)\./.test(answer.error);
}
