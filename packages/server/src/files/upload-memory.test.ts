import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readAnswer, startUpload } from '../testing/upload-stream.js';

const MIB = 1024 ** 2;

it('a file of 300 MB does not make the server 50 MB larger', async () => {
  const script = fileURLToPath(new URL('../testing/memory-server.ts', import.meta.url));
  const child = fork(script, { execArgv: ['--conditions=docket-source', '--import=tsx'] });
  try {
    const [{ url }] = await once(child, 'message');
    const uploadFile = async (bytes: number) => {
      const upload = startUpload(url);
      await upload.send(bytes);
      upload.end();
      const answer = await upload.response;
      expect([answer.statusCode, await readAnswer(answer)]).toEqual([201, expect.anything()]);
    };
    const peakBytes = async () => {
      const reply = once(child, 'message');
      child.send('peak');
      return (await reply)[0].peakBytes;
    };
    await uploadFile(8 * MIB);
    const before = await peakBytes();
    await uploadFile(300 * MIB);
    expect((await peakBytes()) - before).toBeLessThan(50 * MIB);
  } finally {
    child.disconnect();
    await once(child, 'exit');
  }
});
