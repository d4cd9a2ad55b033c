import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OCR_INSTALL_COMMAND } from '../../documents/ocr/load-optional.js';
import { loadTransformers, TRANSFORMERS_INSTALL_COMMAND, type TransformersLibrary } from './load-transformers.js';

const VARIABLE = 'ORT_DISABLE_TELEMETRY';

let before: string | undefined;

beforeEach(() => {
  before = process.env[VARIABLE];
  delete process.env[VARIABLE];
});

afterEach(() => {
  if (before === undefined) delete process.env[VARIABLE];
  else process.env[VARIABLE] = before;
});

/** The environment as native code has it, which asks the system and not JavaScript. */
function nativeEnvironment(): Readonly<Record<string, string>> {
  const report = process.report.getReport() as { readonly environmentVariables: Readonly<Record<string, string>> };
  return report.environmentVariables;
}

function failing(code: string, message: string): () => Promise<TransformersLibrary> {
  return () => Promise.reject(Object.assign(new Error(message), { code }));
}

describe('loadTransformers', () => {
  it('names the command that installs the package when it is absent', async () => {
    const absent = failing('ERR_MODULE_NOT_FOUND', "Cannot find package '@xenova/transformers' imported from /docket");
    await expect(loadTransformers(absent)).rejects.toMatchObject({
      code: 'model.not_installed',
      message: expect.stringContaining(`run "${TRANSFORMERS_INSTALL_COMMAND}"`),
    });
  });

  it('names the version that Docket was made with', async () => {
    const file = new URL('../../../package.json', import.meta.url);
    const { optionalDependencies } = JSON.parse(await readFile(file, 'utf8'));
    const name = '@xenova/transformers';
    expect(TRANSFORMERS_INSTALL_COMMAND).toBe(`pnpm add ${name}@${optionalDependencies[name]}`);
    for (const ofOcr of ['tesseract.js', '@tesseract.js-data/eng', 'sharp'])
      expect(OCR_INSTALL_COMMAND).toContain(` ${ofOcr}@${optionalDependencies[ofOcr]}`);
  });

  it.each([
    [
      'ERR_MODULE_NOT_FOUND',
      "Cannot find package 'sharp' imported from /docket/node_modules/@xenova/transformers/dist/transformers.node.mjs",
    ],
    ['MODULE_NOT_FOUND', "Cannot find module 'onnxruntime-node'\nRequire stack: ..."],
    ['ERR_DLOPEN_FAILED', 'libonnxruntime.so.1: cannot open shared object file'],
  ])('tells a package that does not load from one that is absent: %s', async (code, message) => {
    await expect(loadTransformers(failing(code, message))).rejects.toMatchObject({
      code: 'model.incompatible',
      message: expect.stringContaining(`does not load on this machine: ${message.split('\n')[0]}; install it again`),
    });
  });

  it('switches the telemetry of ONNX Runtime off before that is imported, and refuses to do so after it', async () => {
    expect(nativeEnvironment()[VARIABLE]).toBeUndefined();
    let whenImported: string | undefined;
    await loadTransformers(async () => {
      whenImported = nativeEnvironment()[VARIABLE];
      return import('@xenova/transformers');
    });
    expect(whenImported).toBe('1');
    await expect(loadTransformers()).resolves.toBeDefined();
    process.env[VARIABLE] = '0';
    await expect(loadTransformers()).rejects.toMatchObject({
      code: 'internal.unexpected',
      message: expect.stringContaining('start the process with ORT_DISABLE_TELEMETRY=1'),
    });
  });

  it('leaves the library no network, no cache and no console', async () => {
    process.env[VARIABLE] = '1';
    const { env, LogLevel } = await loadTransformers();
    expect(env).toMatchObject({
      allowRemoteModels: false,
      allowLocalModels: true,
      useFSCache: false,
      useBrowserCache: false,
      useWasmCache: false,
      useCustomCache: false,
      logLevel: LogLevel.NONE,
    });
    await expect(env.fetch('http://127.0.0.1/')).rejects.toThrow('never looked for in the network');
  });
});
