import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { DocketError } from '../../errors.js';
import { programBundle } from '../../models/models-folder.js';
import { firstLine } from './unusable-model.js';

/** The library transformers.js, as far as types go: nothing is imported by this. */
export type TransformersLibrary = typeof import('@xenova/transformers');

/** Brings the optional dependency. */
export const TRANSFORMERS_INSTALL_COMMAND = 'pnpm add @xenova/transformers@npm:@huggingface/transformers@4.3.1';

/** What to do where it is missing: nothing can be added to a bundle. */
export function transformersRemedy(): string {
  return programBundle() === undefined
    ? `run "${TRANSFORMERS_INSTALL_COMMAND}"`
    : 'this program came in a bundle without it: make one with `docket bundle FILE --with-transformers`';
}

const require = createRequire(import.meta.url);

/**
 * Imports transformers.js, the optional dependency, and cuts it off from the network, from caches and from the console
 * (it prints the token ids of a text that fails). ONNX Runtime's telemetry is off before it is loaded.
 *
 * @param importLibrary for tests
 * @throws DocketError `model.not_installed` when the package is absent, `model.incompatible` when it does not load here,
 * `internal.unexpected` when telemetry can no longer be switched off
 */
export async function loadTransformers(
  importLibrary: () => Promise<TransformersLibrary> = () => import('@xenova/transformers'),
): Promise<TransformersLibrary> {
  switchTelemetryOff();
  const library = await importLibrary().catch((error: unknown) => {
    throw isAbsent(error) ? notInstalled(error) : doesNotLoad(error);
  });
  const { env, LogLevel } = library;
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useFSCache = false;
  env.useBrowserCache = false;
  env.useWasmCache = false;
  env.useCustomCache = false;
  env.fetch = refuseToFetch;
  env.logLevel = LogLevel.NONE;
  return library;
}

/**
 * ONNX Runtime asks the environment once, when its first session is made. Node passes what the main thread sets on to
 * native code; a worker thread has a copy of its own, which native code never sees.
 */
function switchTelemetryOff(): void {
  if (process.env['ORT_DISABLE_TELEMETRY'] === '1') return;
  if (!isMainThread || runtimeIsLoaded()) {
    const where = isMainThread ? 'ONNX Runtime was loaded already' : 'this is a worker thread';
    const message = `ONNX Runtime could send telemetry (${where}); start the process with ORT_DISABLE_TELEMETRY=1`;
    throw new DocketError('internal.unexpected', message);
  }
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
}

function runtimeIsLoaded(): boolean {
  return Object.keys(require.cache).some((path) => path.endsWith('onnxruntime_binding.node'));
}

async function refuseToFetch(): Promise<never> {
  throw new Error('models are never looked for in the network');
}

function isAbsent(error: unknown): boolean {
  const notFound = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
  return notFound && error.message.includes("package '@xenova/transformers'");
}

function notInstalled(cause: unknown): DocketError {
  const message = `the embedding and zero-shot scorers need the optional package @xenova/transformers, which is not installed; ${transformersRemedy()}`;
  return new DocketError('model.not_installed', message, { cause });
}

function doesNotLoad(cause: unknown): DocketError {
  const message =
    `the package @xenova/transformers is installed but does not load on this machine: ${firstLine(cause)}; ` +
    `install it again with "${TRANSFORMERS_INSTALL_COMMAND}"`;
  return new DocketError('model.incompatible', message, { cause });
}
