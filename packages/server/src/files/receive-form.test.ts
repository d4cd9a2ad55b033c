import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORM_TYPE, writeForm } from '../testing/multipart.js';
import { TestServer } from '../testing/test-server.js';

const FORM = writeForm([
  { disposition: 'name="purpose"', content: 'classify' },
  { disposition: 'name="file"; filename="a.txt"', content: 'x'.repeat(1000) },
]);

/** What changes the meaning of a form wherever it lands. */
const PIECES = [
  '\r\n--a-boundary-of-a-test\r\n',
  '\r\n--a-boundary-of-a-test--\r\n',
  'Content-Disposition: form-data; name="file"; filename="b"\r\n\r\n',
  'Content-Disposition: attachment\r\n\r\n',
  '\r\n\r\n',
  '\r',
  '--',
  '"',
  '\0',
  'y'.repeat(70_000),
];

/** Numbers from 0 to 1 that look random and are the same each time. */
function* randomNumbers(): Generator<number, never> {
  for (let state = 17; ; state = (state * 48_271) % 2_147_483_647) yield state / 2_147_483_647;
}

describe('receiveForm', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const send = (bytes: Uint8Array) =>
    server.call('POST', '/api/v1/beta/files', { raw: { bytes, contentType: FORM_TYPE } });

  it('reads what comes behind a form, so that the connection can go on', async () => {
    const { status, headers } = await send(Buffer.concat([FORM, Buffer.alloc(500_000, 'an epilogue ')]));
    expect([status, headers.get('connection')]).toEqual([201, 'keep-alive']);
  });

  it('answers every damaged form', async () => {
    const numbers = randomNumbers();
    const below = (limit: number) => Math.floor(numbers.next().value * limit);
    const statuses = new Set<number>();
    for (let round = 0; round < 300; round += 1) {
      let form = FORM;
      for (let damage = 0; damage < 3; damage += 1) {
        const at = below(form.length);
        const piece = Buffer.from(PIECES[below(PIECES.length)] ?? '');
        const rest = [form.subarray(at), form.subarray(at + below(20)), Buffer.alloc(0)][below(3)] ?? form;
        form = Buffer.concat([form.subarray(0, at), piece, rest]);
      }
      statuses.add((await send(form)).status);
    }
    expect([...statuses].toSorted()).toEqual([201, 400, 422]);
  });
});
