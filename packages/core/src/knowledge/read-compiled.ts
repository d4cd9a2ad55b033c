import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { DocketError } from '../errors.js';
import type { CompiledCue, CompiledKnowledge, CompiledType } from './compiled-knowledge.js';
import type { PackedKnowledge } from './pack-knowledge.js';
import { unpackValue } from './packed-value.js';

/** Reads what the build compiled. @throws DocketError `model.not_installed` */
export function readCompiled(file: string): CompiledKnowledge {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw notBuilt(file, error);
  }
}

/**
 * Reads what the build packed: ready to score with. The cues themselves, which take most of the time to read, are read from
 * the compiled file when somebody asks for them.
 * @throws DocketError `model.not_installed`
 */
export async function readPackedKnowledge(file: string, compiledFile: string): Promise<CompiledKnowledge> {
  let compiled: CompiledKnowledge | undefined;
  const cuesOf = (type: number): readonly CompiledCue[] => {
    compiled ??= readCompiled(compiledFile);
    return compiled.types[type]?.cues ?? [];
  };
  const { types, ...knowledge } = await readPacked(file);
  const withCues = types.map(
    (type, index): CompiledType =>
      Object.defineProperty(type as CompiledType, 'cues', { enumerable: true, get: () => cuesOf(index) }),
  );
  return { ...knowledge, types: withCues };
}

async function readPacked(file: string): Promise<PackedKnowledge> {
  try {
    await using handle = await open(file);
    const { size } = await handle.stat();
    // Not from the pool of small buffers: arrays must begin at multiples of their size.
    const bytes = Buffer.allocUnsafeSlow(size);
    const { bytesRead } = await handle.read(bytes, 0, size, 0);
    return unpackValue(bytes.subarray(0, bytesRead)) as PackedKnowledge;
  } catch (error) {
    throw notBuilt(file, error);
  }
}

function notBuilt(file: string, cause: unknown): DocketError {
  const message = `the compiled knowledge ${file} is not there or damaged; run the build`;
  return new DocketError('model.not_installed', message, { data: { file }, cause });
}
