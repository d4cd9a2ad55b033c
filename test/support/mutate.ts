import { unzipSync, zipSync } from 'fflate';
import { below, type Random } from './random.js';

/** A document that was damaged, and how: enough to make it again. */
export interface Mutant {
  readonly bytes: Buffer;
  readonly changes: readonly string[];
}

const MOST_CHANGES = 12;

/** Flips, cuts out, inserts, repeats and truncates bytes at random places; bytes next to each other are hit together. */
export function mutate(original: Buffer, random: Random): Mutant {
  let bytes: Buffer = Buffer.from(original);
  const changes: string[] = [];
  for (let count = 1 + below(MOST_CHANGES, random); count > 0 && bytes.length > 1; count--) {
    const at = below(bytes.length, random);
    const length = 1 + below(Math.min(64, bytes.length - at), random);
    const [before, hit, after] = [bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at + length)];
    const kind = random();
    if (kind < 0.4) {
      const bit = 1 << below(8, random);
      bytes[at] = (bytes[at] ?? 0) ^ bit;
      changes.push(`flip ${bit} at ${at}`);
    } else if (kind < 0.6) {
      bytes = Buffer.concat([before, after]);
      changes.push(`cut ${length} at ${at}`);
    } else if (kind < 0.8) {
      const noise = Buffer.from(Array.from({ length }, () => below(256, random)));
      bytes = Buffer.concat([before, noise, hit, after]);
      changes.push(`insert ${noise.toString('hex')} at ${at}`);
    } else if (kind < 0.97) {
      bytes = Buffer.concat([before, hit, hit, after]);
      changes.push(`repeat ${length} at ${at}`);
    } else {
      bytes = Buffer.from(before);
      changes.push(`truncate at ${at}`);
    }
  }
  return { bytes, changes };
}

/** Damages one part of a ZIP archive, which as an archive stays sound. */
export function mutateInside(archive: Buffer, random: Random): Mutant {
  const parts = unzipSync(archive);
  const names = Object.keys(parts).filter((name) => (parts[name]?.length ?? 0) > 0);
  const name = names[below(names.length, random)] ?? '';
  const { bytes, changes } = mutate(Buffer.from(parts[name] ?? []), random);
  return { bytes: Buffer.from(zipSync({ ...parts, [name]: bytes })), changes: [`in ${name}`, ...changes] };
}
