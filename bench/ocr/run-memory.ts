import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { photograph, pipelineOf, scanOf } from '../../packages/core/src/documents/testing/scans.js';
import type { MemorySample } from '../memory/measure-memory.js';
import { slopeOf } from '../memory/slope.js';

const probe = fileURLToPath(new URL('./memory-probe.mjs', import.meta.url));

/** Half of what OCR reads well: what is kept of a page does not depend on how large it is. */
const PIXELS = 1_400_000;

/** Measures the memory of a process that reads many pages. Run: `pnpm --filter @docket/bench ocr:memory [PAGES]`. */
async function main(pages = '500'): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-ocr-memory-'));
  try {
    const argument = JSON.stringify({ pages: Number(pages), paths: await writePictures(folder) });
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', probe, argument]);
    const report = writeReport(JSON.parse(stdout) as MemorySample[]);
    await writeFile(fileURLToPath(new URL('../results/ocr-memory.md', import.meta.url)), report);
    console.log(report);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Pages as different as the ways in which they are made ready. */
async function writePictures(folder: string): Promise<string[]> {
  const { image } = await scanOf('invoice-1p.pdf', { pixels: PIXELS });
  const pictures = {
    'upright.png': (await pipelineOf(image)).png(),
    'sideways.jpeg': (await pipelineOf(image)).rotate(90).jpeg(),
    'leaning.webp': (await pipelineOf(image)).rotate(3, { background: '#fff' }).webp(),
    'photo.tiff': (await pipelineOf(photograph(image))).tiff(),
  };
  return await Promise.all(
    Object.entries(pictures).map(async ([name, pipeline]) => {
      await pipeline.toFile(join(folder, name));
      return join(folder, name);
    }),
  );
}

function writeReport(samples: readonly MemorySample[]): string {
  const megabytes = (bytes: number) => (bytes / 1024 ** 2).toFixed(0);
  const [first, last] = [samples[0], samples.at(-1)];
  const most = Math.max(...samples.map(({ bytes }) => bytes));
  return [
    '# Memory of OCR',
    '',
    `One process reads ${last?.documents ?? 0} pages (upright, sideways, leaning, photographed in turn), its engine warm. Made by \`pnpm --filter @docket/bench ocr:memory\`.`,
    '',
    `Resident memory after ${first?.documents ?? 0} pages ${megabytes(first?.bytes ?? 0)} MB, at the end ${megabytes(last?.bytes ?? 0)} MB, at most ${megabytes(most)} MB.`,
    `Over the second half each page adds ${(slopeOf(samples) / 1024).toFixed(1)} KiB.`,
    '',
  ].join('\n');
}

await main(...process.argv.slice(2));
