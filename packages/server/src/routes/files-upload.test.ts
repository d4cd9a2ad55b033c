import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemsOf } from '../testing/entries.js';
import { FORM_TYPE, type Part, writeForm } from '../testing/multipart.js';
import { TestServer } from '../testing/test-server.js';

const PATH = '/api/v1/beta/files';
const FILE: Part = { disposition: 'name="file"; filename="a.pdf"', content: '%PDF-1.7' };
const PURPOSE: Part = { disposition: 'name="purpose"', content: 'classify' };

describe('POST /api/v1/beta/files', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ maxUploadBytes: 2 * 1024 ** 2 });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const send = (parts: readonly Part[], query = {}) => sendRaw(writeForm(parts), FORM_TYPE, query);
  const sendRaw = (bytes: Buffer, contentType: string, query = {}) =>
    server.call('POST', PATH, { raw: { bytes, contentType }, query });

  it('makes a file', async () => {
    const external = { disposition: 'name="external_file_id"', content: 'crm-17' };
    const { status, json } = await send([FILE, PURPOSE, external], { project_id: 'prj-1' });
    expect(status).toBe(201);
    expect(json).toEqual({
      id: expect.stringMatching(/^dfl-[\da-f-]{36}$/),
      name: 'a.pdf',
      project_id: 'prj-1',
      external_file_id: 'crm-17',
      file_type: 'pdf',
      last_modified_at: expect.stringMatching(/Z$/),
      expires_at: null,
      purpose: 'classify',
      download_url: null,
    });
    const stored = await server.store.files.get(json.id);
    expect(stored?.size).toBe(8);
  });

  it('takes the parts in any order, and unknown ones beside them', async () => {
    const parts = [
      { disposition: 'name="extra"; filename="x.bin"', content: 'x' },
      PURPOSE,
      { disposition: 'name="external_file_id"', content: '' },
      FILE,
      { disposition: 'name="more"', content: 'y' },
    ];
    const { status, json } = await send(parts);
    expect([status, json.name, json.purpose, json.external_file_id]).toEqual([201, 'a.pdf', 'classify', null]);
  });

  it('makes a new file each time, also of the same content and name', async () => {
    const [first, second] = [await send([FILE, PURPOSE]), await send([FILE, PURPOSE])];
    expect(second.json.id).not.toBe(first.json.id);
  });

  it.each([
    ['filename="Rechnung März – 日本.pdf"', 'Rechnung März – 日本.pdf'],
    ['filename="../../etc/passwd"', 'passwd'],
    ['filename="C:\\Users\\me\\scan.tif"', 'scan.tif'],
    ['filename="say \\"hi\\".txt"', 'say "hi".txt'],
    ['filename="tab\tand bell\x07.txt"', 'taband bell.txt'],
    ['filename=""', 'unknown_file'],
    ['filename="blob', 'blob'],
    ['', 'unknown_file'],
  ])('names a file by %j', async (fileName, expected) => {
    const { status, json } = await send([{ ...FILE, disposition: `name="file"; ${fileName}` }, PURPOSE]);
    expect([status, json.name]).toEqual([201, expected]);
  });

  it('stores any purpose', async () => {
    const { json } = await send([FILE, { ...PURPOSE, content: 'whatever it is' }]);
    expect(json.purpose).toBe('whatever it is');
  });

  it('says all that is missing at once', async () => {
    expect(problemsOf(await send([]))).toEqual(['body.file missing', 'body.purpose missing']);
    expect(problemsOf(await send([FILE]))).toEqual(['body.purpose missing']);
    expect(problemsOf(await send([FILE, { ...PURPOSE, content: '' }]))).toEqual(['body.purpose missing']);
    expect(problemsOf(await send([PURPOSE]))).toEqual(['body.file missing']);
  });

  it.each(['', 'application/json', 'application/x-www-form-urlencoded', 'application/octet-stream'])(
    'misses both parts in a body of type %j',
    async (contentType) => {
      const answer = await sendRaw(Buffer.from('{}'), contentType);
      expect(answer.status).toBe(422);
      expect(problemsOf(answer)).toEqual(['body.file missing', 'body.purpose missing']);
    },
  );

  it('takes names of 3000 characters and no more', async () => {
    const named = (length: number) => ({ ...FILE, disposition: `name="file"; filename="${'ü'.repeat(length)}"` });
    expect((await send([named(3000), PURPOSE])).status).toBe(201);
    expect(problemsOf(await send([named(3001), PURPOSE]))).toEqual(['body.file string_too_long']);
  });

  it('limits the other parts', async () => {
    const long = { ...PURPOSE, content: 'x'.repeat(1001) };
    expect(problemsOf(await send([FILE, long]))).toEqual(['body.purpose string_too_long']);
    const huge = { ...PURPOSE, content: 'x'.repeat(1024 ** 2 + 1) };
    expect((await send([huge, FILE])).json.detail).toMatch(/the part "purpose" is longer than 1048576 bytes$/);
    const many = Array.from({ length: 100 }, (_, index) => ({ disposition: `name="p${index}"`, content: 'x' }));
    expect((await send([...many, FILE])).json.detail).toMatch(/there are too many parts$/);
    expect((await send([FILE, FILE, PURPOSE])).json.detail).toMatch(/there is more than one part "file"$/);
  });

  it('refuses an empty file', async () => {
    const { status, json, headers } = await send([{ ...FILE, content: '' }, PURPOSE]);
    expect([status, json]).toEqual([400, { detail: 'The file is empty' }]);
    expect(headers.get('docket-error-code')).toBe('request.invalid_input');
  });

  it.each([
    ['no boundary', 'multipart/form-data', writeForm([FILE, PURPOSE])],
    ['another boundary', 'multipart/form-data; boundary=other', writeForm([FILE, PURPOSE])],
    ['no end', FORM_TYPE, writeForm([PURPOSE, FILE]).subarray(0, -30)],
    ['nothing', FORM_TYPE, Buffer.from('')],
    ['something else', FORM_TYPE, Buffer.from('hello\r\n')],
  ])('refuses a form with %s', async (_what, contentType, bytes) => {
    const { status, json, headers } = await sendRaw(bytes, contentType);
    expect(status).toBe(400);
    expect(json.detail).toMatch(/^The upload cannot be read: /);
    expect(headers.get('docket-error-code')).toBe('request.invalid_input');
  });

  it('takes a file of exactly the limit and refuses one more byte', async () => {
    const sized = (size: number) => ({ ...FILE, content: Buffer.alloc(size, 'x') });
    expect((await send([sized(2 * 1024 ** 2), PURPOSE])).status).toBe(201);
    const { status, json, headers } = await send([sized(2 * 1024 ** 2 + 1), PURPOSE]);
    expect(status).toBe(413);
    expect(json.detail).toBeTypeOf('string');
    expect(headers.get('docket-error-code')).toBe('request.too_large');
  });

  it('checks the scope', async () => {
    const answer = await send([FILE, PURPOSE], { project_id: 'x'.repeat(201) });
    expect(problemsOf(answer)).toEqual(['query.project_id string_too_long']);
  });

  it('leaves nothing behind of what it refused', async () => {
    await using other = await TestServer.start();
    const bytes = writeForm([FILE]);
    for (const raw of [
      { bytes, contentType: FORM_TYPE },
      { bytes: bytes.subarray(0, -20), contentType: FORM_TYPE },
      { bytes: writeForm([{ ...FILE, content: Buffer.alloc(1024 ** 2 + 1) }, PURPOSE]), contentType: FORM_TYPE },
    ]) {
      expect((await other.call('POST', PATH, { raw })).status).toBeGreaterThanOrEqual(400);
    }
    const entries = await readdir(join(other.folder, 'files'), { recursive: true, withFileTypes: true });
    expect(entries.filter((entry) => entry.isFile())).toEqual([]);
  });
});
