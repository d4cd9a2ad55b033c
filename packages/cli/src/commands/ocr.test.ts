import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../testing/fake-shell.js';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'docket-ocr-home-'));
});
afterAll(() => rm(home, { recursive: true }));

const ocr = (...argv: string[]) => runCommand(['ocr', ...argv], { env: { DOCKET_HOME: home } });

describe('docket ocr', () => {
  it('lists what is installed, and where it comes from', async () => {
    const { exitCode, stdout, stderr } = await ocr('list', '--format', 'json');
    if (exitCode !== 0) return expect(stderr).toMatch(/OCR needs the optional package/);
    const { engine, languages } = JSON.parse(stdout);
    expect(engine).toMatch(/^tesseract\.js-/);
    expect(languages).toContainEqual({ code: 'eng', iso: 'en', source: expect.stringMatching(/^@tesseract\.js-data/) });
    expect((await ocr('list')).stdout).toMatch(/^LANGUAGE +CODE +FROM[\s\S]*\nen +eng /);
  });

  it('adds nothing that is no language of tesseract', async () => {
    const file = join(home, 'notes.txt');
    await writeFile(file, 'x');
    expect(await ocr('add', file)).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/deu\.traineddata/) });
    expect(await ocr('add', join(home, 'deu.traineddata'))).toMatchObject({
      stderr: expect.stringMatching(/cannot be read/),
    });
  });
});
