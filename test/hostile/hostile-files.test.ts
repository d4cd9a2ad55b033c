import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { answerOf, type OutcomeRecord, parseLines } from '../support/outcome.js';
import { fixturesFolder, hasSharedHostile, sharedHostileFolder } from '../support/project.js';
import { type FinishedRun, runDocket } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const rules = join(fixturesFolder, 'rules.yaml');

/** A run that may write into a folder of its own alone, with everything that it left there. */
async function runApart(path: string) {
  const folder = temporaryFolder({ 'one/two/here/.keep': '', 'home/.keep': '', 'tmp/.keep': '' });
  const output = join(folder, 'results.jsonl');
  const before = fingerprint(path);
  const finished = await runDocket(['classify', path, '--rules', rules, '--output', output], {
    folder: join(folder, 'one', 'two', 'here'),
    env: {
      DOCKET_LIMITS_MAX_MS: '20000',
      DOCKET_HOME: join(folder, 'home', 'docket'),
      HOME: join(folder, 'home'),
      TMPDIR: join(folder, 'tmp'),
    },
  });
  const written = filesBelow(folder).filter((name) => !name.endsWith('.keep'));
  return { finished, records: parseLines(readFileSync(output, 'utf8')), written, before, after: fingerprint(path) };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}

/** Name, size, time and content of every file of a folder. */
function fingerprint(folder: string): string[] {
  return filesBelow(folder).map((name) => {
    const { size, mtimeMs } = statSync(join(folder, name));
    const hash = createHash('sha256').update(readFileSync(join(folder, name)));
    return `${name} ${size} ${mtimeMs} ${hash.digest('hex')}`;
  });
}

describe('the hostile fixtures', () => {
  test('each end as they should, and nothing is written but the output', async () => {
    const { finished, records, written, before, after } = await runApart(join(fixturesFolder, 'hostile'));
    expect(finished).toEqual({ exitCode: 1, stdout: '', stderr: '' });
    expect(Object.fromEntries(records.map((record) => [record.path.split('/').at(-1), answerOf(record)]))).toEqual({
      'garbage.pdf': { error: 'document.corrupt' },
      'invoice.txt': { type: 'invoice' },
      'truncated.pdf': expect.toSatisfy(isResultOrDocumentError),
      'unsupported.png': { error: 'document.unsupported_type' },
      'zero-byte.pdf': { error: 'document.corrupt' },
    });
    expect(written).toEqual(['results.jsonl']);
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
    const { finished, records, written, before, after } = await runApart(folder);
    expect(finished.stderr).toBe('');
    expect(records).toHaveLength(2);
    expect(records.map(answerOf)).toContainEqual({ error: 'document.unsupported_type' });
    expect(written).toEqual(['results.jsonl']);
    expect(after).toEqual(before);
  });

  test('a file that unpacks to much more than it is ends within the limits', async () => {
    const body = Buffer.alloc(300 * 2 ** 20, '<w:p><w:r><w:t>invoice </w:t></w:r></w:p>');
    const bomb = zipSync({
      '[Content_Types].xml': Buffer.from('<Types/>'),
      'word/document.xml': Buffer.concat([Buffer.from('<w:document><w:body>'), body]),
    });
    expect(bomb.length).toBeLessThan(4 * 2 ** 20);
    const { finished, records } = await runApart(temporaryFolder({ 'bomb.docx': bomb }));
    expect(finished).toEqual({ exitCode: 1, stdout: '', stderr: '' });
    expect(records.map(answerOf)).toEqual([{ error: expect.stringMatching(/^document\.(too_large|timed_out)$/) }]);
  });
});

interface ManifestEntry {
  readonly path: string;
  readonly what: string;
  readonly first_error?: string;
}

describe.skipIf(!hasSharedHostile)('the hostile documents of others (../shared/eval/hostile)', () => {
  const manifest: ManifestEntry[] = hasSharedHostile
    ? readFileSync(join(sharedHostileFolder, 'manifest.jsonl'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [];
  let run: Awaited<ReturnType<typeof runApart>> & { readonly finished: FinishedRun };
  let records: ReadonlyMap<string, OutcomeRecord>;

  beforeAll(async () => {
    run = await runApart(sharedHostileFolder);
    records = new Map(run.records.map((record) => [record.path.split('/').at(-1) ?? '', record]));
  }, 170_000);

  const answers = (wanted: (entry: ManifestEntry) => boolean) => {
    return manifest.filter(wanted).map(({ path }) => {
      const record = records.get(path);
      return [path, record && 'error' in record ? record.error.code : 'a result'];
    });
  };

  test('each have a line, in order, and the run finishes', () => {
    expect(run.finished).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.records.map(({ path }) => path)).toEqual(
      filesBelow(sharedHostileFolder).map((name) => join(sharedHostileFolder, name)),
    );
    expect(manifest.filter(({ path }) => !records.has(path))).toEqual([]);
  });

  test('end with a result or the typed error of a document', () => {
    const wrong = run.records.filter((record) => !isResultOrDocumentError(answerOf(record)));
    expect(wrong).toEqual([]);
  });

  test('leave nothing on standard error', () => {
    expect(run.finished.stderr).toBe('');
  });

  test('that need a password are encrypted', () => {
    const needsPassword = ({ what, first_error = '' }: ManifestEntry) => {
      return (
        /needs? user password|password needed|encrypted (xlsx|docx|eml)/i.test(what) || /password/i.test(first_error)
      );
    };
    const found = answers(needsPassword);
    expect(found.length).toBeGreaterThanOrEqual(10);
    expect(found).toEqual(found.map(([path]) => [path, 'document.encrypted']));
  });

  test('that are empty or blank have no text or are corrupt', () => {
    const found = answers(({ what }) => /^empty|blank|, empty/i.test(what));
    expect(found.length).toBeGreaterThanOrEqual(4);
    expect(found).toEqual(found.map(([path]) => [path, expect.stringMatching(/^document\.(no_text|corrupt)$/)]));
  });

  test('that are archives or files of old programs are of no type that is read', () => {
    const found = answers(({ path }) => /\.(zip|doc)$/.test(path));
    expect(found.length).toBeGreaterThanOrEqual(4);
    expect(found).toEqual(found.map(([path]) => [path, 'document.unsupported_type']));
  });

  test('are as they were, and nothing is written but the output', () => {
    expect(run.written).toEqual(['results.jsonl']);
    expect(run.after).toEqual(run.before);
  });
});

function isResultOrDocumentError(answer: ReturnType<typeof answerOf>): boolean {
  return 'type' in answer || /^(document|capacity)\./.test(answer.error);
}
