import { afterEach, describe, expect, it, vi } from 'vitest';
import { compileWasm, makeWasmCache } from './compile-wasm.js';
import { type WasmProgram, webAssembly } from './web-assembly.js';

/** A program whose function `answer` gives this number. */
function programOf(answer: number): Uint8Array {
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const type = [1, 5, 1, 0x60, 0, 1, 0x7f];
  const functions = [3, 2, 1, 0];
  const exports = [7, 10, 1, 6, ...Buffer.from('answer'), 0, 0];
  const code = [10, 6, 1, 4, 0, 0x41, answer, 0x0b];
  return Uint8Array.from([...header, ...type, ...functions, ...exports, ...code]);
}

function answerOf(program: WasmProgram): unknown {
  const { exports } = new webAssembly.Instance(program, {});
  return (exports as { readonly answer: () => number }).answer();
}

async function cacheOf(program: Uint8Array): Promise<Buffer> {
  return (await makeWasmCache(program)) ?? Buffer.alloc(0);
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('compileWasm', () => {
  it('takes the machine code that was made before', async () => {
    const cache = await cacheOf(programOf(7));
    const compile = vi.spyOn(webAssembly, 'compile');
    expect(answerOf(await compileWasm(programOf(7), cache))).toBe(7);
    expect(compile).not.toHaveBeenCalled();
  });

  it('compiles where there is no code', async () => {
    expect(answerOf(await compileWasm(programOf(8), undefined))).toBe(8);
  });

  it.each([
    ['of another program', async () => cacheOf(programOf(3))],
    ['that was cut short', async () => (await cacheOf(programOf(9))).subarray(0, -1)],
    ['that is none', async () => Buffer.from('none')],
    ['with a bit that fell over', async () => flipLastBit(await cacheOf(programOf(9)))],
  ])('compiles in spite of code %s', async (_, make) => {
    const cache = await make();
    const compile = vi.spyOn(webAssembly, 'compile');
    expect(answerOf(await compileWasm(programOf(9), cache))).toBe(9);
    expect(compile).toHaveBeenCalledOnce();
  });

  it('says what is no program', async () => {
    await expect(compileWasm(Buffer.from('no program'), undefined)).rejects.toThrow('expected magic word');
  });
});

function flipLastBit(cache: Buffer): Buffer {
  const flipped = Buffer.from(cache);
  flipped.writeUInt8(flipped.readUInt8(flipped.length - 1) ^ 1, flipped.length - 1);
  return flipped;
}
