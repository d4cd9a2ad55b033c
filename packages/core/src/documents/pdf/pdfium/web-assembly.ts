/** A compiled program. */
export type WasmProgram = object;

/** A running program. */
export interface WasmInstance {
  readonly exports: unknown;
}

/** What a program calls outside. */
export type WasmImports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Memory of a running program; its buffer is another one after it has grown. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

interface WebAssemblyApi {
  readonly Instance: new (program: WasmProgram, imports: WasmImports) => WasmInstance;
  readonly RuntimeError: new (message: string) => Error;
  compile(bytes: Uint8Array): Promise<WasmProgram>;
}

/** The part of `WebAssembly` that Docket uses: TypeScript declares it for browsers alone. */
export const webAssembly = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;
