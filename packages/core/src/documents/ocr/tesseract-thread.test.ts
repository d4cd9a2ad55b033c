import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TesseractThread } from './tesseract-thread.js';

/** Answers as the script of tesseract.js does at its worst. */
const SCRIPT = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', ({ jobId, action, payload }) => {
  const send = (status, data, id = jobId) => parentPort.postMessage({ workerId: 'x', jobId: id, action, status, data });
  if (action === 'initialize') { send('reject', 'initialization failed'); send('progress', {}); send('resolve'); send('reject', 'again'); }
  if (action === 'load') { send('resolve', 'loaded'); send('resolve', 'loaded'); }
  if (action === 'setParameters') { send('resolve', 1, 'nobody asked'); send('progress', {}, 'nobody asked'); send('resolve', payload); }
  if (action === 'recognize') throw new Error('out of memory');
  if (action === 'loadLanguage' && payload.exits) process.exit(3);
});`;

describe('TesseractThread', () => {
  let folder: string;
  let script: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docket-thread-'));
    script = join(folder, 'script.cjs');
    await writeFile(script, SCRIPT);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('takes the first answer to a request, and no notice of further ones or of those that nobody asked for', async () => {
    const thread = new TesseractThread(script);
    await expect(thread.request('initialize', {})).rejects.toThrow('initialization failed');
    expect(await thread.request('load', {})).toBe('loaded');
    expect(await thread.request('setParameters', { one: 1 })).toEqual({ one: 1 });
    await thread.terminate();
  });

  it('fails what is not answered when it is ended, and all that is asked for later', async () => {
    const thread = new TesseractThread(script);
    const unanswered = thread.request('loadLanguage', {});
    void thread.terminate();
    await expect(unanswered).rejects.toThrow('was ended');
    await expect(thread.request('load', {})).rejects.toThrow('was ended');
    await thread.terminate();
  });

  it.each([
    ['recognize', {}, 'out of memory'],
    ['loadLanguage', { exits: true }, 'ended with 3'],
  ] as const)('fails when the script dies at %s, and takes nothing with it', async (action, payload, message) => {
    const thread = new TesseractThread(script);
    const other = thread.request('loadLanguage', {});
    other.catch(() => {});
    await expect(thread.request(action, payload)).rejects.toThrow(message);
    await expect(other).rejects.toThrow(message);
    await expect(thread.request('load', {})).rejects.toThrow(message);
  });

  it('fails when there is no such script', async () => {
    await expect(new TesseractThread(join(folder, 'absent.cjs')).request('load', {})).rejects.toThrow('absent.cjs');
  });
});
