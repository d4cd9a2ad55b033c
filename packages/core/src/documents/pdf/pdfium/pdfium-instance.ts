import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { freeMemorySoon } from '../../../free-memory.js';
import { codeCacheFile } from '../../../startup/code-cache-file.js';
import { compileWasm } from './compile-wasm.js';
import type { PdfiumExports } from './pdfium-exports.js';
import { type WasmImports, type WasmInstance, type WasmProgram, webAssembly } from './web-assembly.js';

const MEBIBYTE = 1024 * 1024;

let mostGrowthBytes = 512 * MEBIBYTE;

/** An instance with more memory is not used again: memory of WebAssembly never shrinks. */
const MOST_KEPT_BYTES = 96 * MEBIBYTE;

type EmscriptenOptions = Readonly<Record<string, unknown>>;
type EmscriptenModule = (options: EmscriptenOptions) => Promise<unknown>;

interface Parts {
  readonly start: EmscriptenModule;
  readonly program: WasmProgram;
}

let loading: Promise<Parts> | undefined;
let idle: PdfiumInstance | undefined;

/**
 * Sets how far the memory of an instance may be asked to grow beyond the bytes of its document: streams unpack into it.
 * PDFium rounds what it asks for up, by a fifth at most.
 */
export function limitPdfiumGrowth(bytes: number): void {
  mostGrowthBytes = bytes;
}

/** What {@link limitPdfiumGrowth} set. @default 512 MiB */
export function pdfiumGrowth(): number {
  return mostGrowthBytes;
}

/** PDFium with a memory of its own. It serves one document at a time, so that what happens to it happens to that one alone. */
export class PdfiumInstance {
  /** Whether a call ended in a trap; what is in its memory is then worth nothing. */
  isBroken = false;
  #mostBytes = mostGrowthBytes;
  #ranOut = false;
  #exports: PdfiumExports | undefined;

  private constructor() {}

  /** @throws Error when the package is not there or its program cannot be run */
  static async start({ start, program }: Parts): Promise<PdfiumInstance> {
    const instance = new PdfiumInstance();
    const before = new Set(Object.getOwnPropertyNames(globalThis));
    await start({
      locateFile: () => '',
      print: () => {},
      printErr: () => {},
      instantiateWasm: (imports: WasmImports, done: (created: WasmInstance) => void) => {
        const created = new webAssembly.Instance(program, instance.#boundGrowth(imports));
        instance.#exports = created.exports as unknown as PdfiumExports;
        done(created);
        return created.exports;
      },
    });
    removeNewGetters(before);
    instance.exports.FPDF_InitLibrary();
    return instance;
  }

  get exports(): PdfiumExports {
    if (!this.#exports) throw new Error('PDFium has not started');
    return this.#exports;
  }

  get memoryBytes(): number {
    return this.exports.memory.buffer.byteLength;
  }

  /** Whether the memory was to grow beyond its bound, in the last calls. */
  get ranOut(): boolean {
    return this.#ranOut;
  }

  /** Makes room for a document of so many bytes. */
  expect(documentBytes: number): void {
    this.#mostBytes = documentBytes + mostGrowthBytes;
  }

  /**
   * Runs calls of PDFium. After a trap (a crash of PDFium, no memory, too deep a recursion) the instance is broken.
   * @throws PdfiumTrap
   */
  run<Result>(calls: (exports: PdfiumExports) => Result): Result {
    if (this.isBroken) throw new PdfiumTrap('it broke off before');
    this.#ranOut = false;
    try {
      return calls(this.exports);
    } catch (error) {
      if (!isTrap(error)) throw error;
      this.isBroken = true;
      throw new PdfiumTrap(error instanceof Error ? error.message : String(error), { cause: error });
    }
  }

  /** The module grows its memory through an import: it is the place to say no. */
  #boundGrowth(imports: WasmImports): WasmImports {
    const env = imports.env ?? {};
    const grow = env.emscripten_resize_heap as (wanted: number) => boolean;
    const growWithin = (wanted: number): boolean => {
      this.#ranOut = wanted >>> 0 > this.#mostBytes || !grow(wanted);
      return !this.#ranOut;
    };
    return { ...imports, env: { ...env, emscripten_resize_heap: growWithin } };
  }
}

/** PDFium broke off in the middle of a call. */
export class PdfiumTrap extends Error {
  override readonly name = 'PdfiumTrap';
}

/** An instance for one document: give it back to {@link releasePdfium}. PDFium is loaded on first use. */
export async function acquirePdfium(): Promise<PdfiumInstance> {
  const kept = idle;
  idle = undefined;
  if (kept) return kept;
  loading ??= load().catch((error: unknown) => {
    // What was missing may be there the next time.
    loading = undefined;
    throw error;
  });
  return PdfiumInstance.start(await loading);
}

/** Keeps one instance for the next document, unless it broke or has grown large; then its memory goes back to the system. */
export function releasePdfium(instance: PdfiumInstance): void {
  const isLarge = instance.memoryBytes > MOST_KEPT_BYTES;
  if (!instance.isBroken && !isLarge) idle ??= instance;
  if (isLarge) freeMemorySoon();
}

/**
 * Emscripten hangs getters that warn of wrong use onto the global object: those of the first instance, whose memory they would
 * hold for as long as the process lives.
 */
function removeNewGetters(before: ReadonlySet<string>): void {
  for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(globalThis))) {
    if (get && !before.has(name)) Reflect.deleteProperty(globalThis, name);
  }
}

/** Where the build keeps what V8 made of PDFium. */
export function pdfiumCodeCache(): string {
  return codeCacheFile(fileURLToPath(new URL('../../../bundled/pdfium.wasm', import.meta.url)));
}

/** The program of PDFium. */
export function readPdfium(): Promise<Buffer> {
  return readFile(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm'));
}

async function load(): Promise<Parts> {
  const [{ PDFiumModule }, bytes, cache] = await Promise.all([
    import('@hyzyla/pdfium'),
    readPdfium(),
    readFile(pdfiumCodeCache()).catch(() => undefined),
  ]);
  return { start: PDFiumModule as unknown as EmscriptenModule, program: await compileWasm(bytes, cache) };
}

/** Whether PDFium broke off: a trap, its own abort, or (`RangeError`) the stack of the calls. */
export function isTrap(error: unknown): boolean {
  return error instanceof webAssembly.RuntimeError || error instanceof RangeError || typeof error === 'number';
}
