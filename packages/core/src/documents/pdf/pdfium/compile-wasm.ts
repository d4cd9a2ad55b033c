import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { crc32 } from 'node:zlib';
import { type WasmProgram, webAssembly } from './web-assembly.js';

/** What a cache begins with: checksums of the program and of the machine code. */
const HEADER_BYTES = 8;

/**
 * Compiles a program of WebAssembly, or takes the machine code that {@link makeWasmCache} made of it: V8 would compile it once
 * more in every process, quickly first and what runs often again. V8 refuses code of another version, processor or other flags,
 * and the checksums what was made of another program or is damaged; then the program is compiled.
 * @param cache nothing where there is none
 * @throws Error when it is no such program
 */
export async function compileWasm(program: Uint8Array, cache: Uint8Array | undefined): Promise<WasmProgram> {
  return (cache && restore(program, cache)) ?? (await webAssembly.compile(program));
}

/** All machine code of a program, as V8's optimising compiler makes it. @returns Undefined where this Node does not give it */
export async function makeWasmCache(program: Uint8Array): Promise<Buffer | undefined> {
  const code = serialise(await compileAll(program));
  if (code === undefined) return undefined;
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(crc32(program), 0);
  header.writeUInt32LE(crc32(code), 4);
  return Buffer.concat([header, code]);
}

/** What V8 puts off until a function is called, or called often; and where it looks for what it compiled so before. */
const COMPILE_LATER = ['liftoff', 'wasm-lazy-compilation', 'wasm-dynamic-tiering', 'wasm-native-module-cache-enabled'];

/** By the optimising compiler alone, and at once: V8 ends the process that asks for the code of a program without any. */
async function compileAll(program: Uint8Array): Promise<WasmProgram> {
  for (const flag of COMPILE_LATER) setFlagsFromString(`--no-${flag}`);
  try {
    return await webAssembly.compile(program);
  } finally {
    // V8 counts flags among what code is made for.
    for (const flag of COMPILE_LATER) setFlagsFromString(`--${flag}`);
  }
}

function restore(program: Uint8Array, cache: Uint8Array): WasmProgram | undefined {
  if (cache.length < HEADER_BYTES) return undefined;
  const view = new DataView(cache.buffer, cache.byteOffset, HEADER_BYTES);
  const code = cache.subarray(HEADER_BYTES);
  if (view.getUint32(0, true) !== crc32(program) || view.getUint32(4, true) !== crc32(code)) return undefined;
  // V8 wants a whole buffer of code, and a program outside the pool of Buffers.
  return callV8('DeserializeWasmModule', new Uint8Array(code).buffer, new Uint8Array(program)) as
    | WasmProgram
    | undefined;
}

function serialise(program: WasmProgram): Uint8Array | undefined {
  const code = callV8('SerializeWasmModule', program) as ArrayBuffer | undefined;
  return code && new Uint8Array(code);
}

/**
 * Calls what V8 hands to scripts under a flag alone, which is set for no longer than that takes: what browsers keep compiled
 * WebAssembly by.
 * @returns Undefined where this V8 has no such function
 */
function callV8(name: string, ...values: unknown[]): unknown {
  setFlagsFromString('--allow-natives-syntax');
  try {
    const parameters = values.map((_, index) => `value${index}`).join(', ');
    const call = runInThisContext(`((${parameters}) => %${name}(${parameters}))`) as (...values: unknown[]) => unknown;
    return call(...values);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  } finally {
    setFlagsFromString('--no-allow-natives-syntax');
  }
}
