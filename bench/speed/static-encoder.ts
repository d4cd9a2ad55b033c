import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { doctypesFolder, staticModelFolder } from '@docket/models';
import { StaticModel } from '../../packages/core/src/scoring/static/static-model.js';
import { loadTransformers } from '../../packages/core/src/scoring/transformers/load-transformers.js';
import { median, mediansOf, timeOf } from './median-of.js';
import { ms, type Section, type Target, table } from './report.js';

const TOKENS = 256;
const ROUNDS = 7;
const STARTS = 15;
const BATCH = 16;
const WANTED_PASSAGES = 1000;
const WANTED_START_MS = 60;
const WANTED_DIFFERENCE = 1e-3;

const run = promisify(execFile);
const probe = fileURLToPath(new URL('./static-encoder-probe.mjs', import.meta.url));
const engine = fileURLToPath(new URL('../../packages/core/dist/', import.meta.url));
const potion = fileURLToPath(new URL('../../../shared/models/potion-base-2M', import.meta.url));

/** Turns texts into vectors, in whatever way. */
type Embed = (texts: readonly string[]) => Promise<readonly ArrayLike<number>[]>;

/** How fast are static models read and used, beside the same model as ONNX? */
export async function measureStaticEncoder(): Promise<Section> {
  const passages = await cutSamples(await StaticModel.load({ folder: staticModelFolder }));
  const speed = await measureSpeed(passages);
  const start = await measureStart();
  return {
    title: 'Static encoder',
    lines: [
      `${passages.length} passages of ${TOKENS} tokens (the samples of the document types), one thread each, medians of ${ROUNDS}.`,
      'Word pieces of words are cached: "no word known" is a model that has seen no text yet.',
      '',
      ...speed.lines,
      '',
      `The built-in model in ${STARTS} processes of their own, built JavaScript (\`dist\`), medians:`,
      '',
      ...start.lines,
    ],
    targets: [...speed.targets, ...start.targets],
  };
}

type Part = Pick<Section, 'lines' | 'targets'>;

async function measureSpeed(passages: readonly string[]): Promise<Part> {
  const builtIn = await StaticModel.load({ folder: staticModelFolder });
  const here = existsSync(potion);
  const native = here ? await loadPotion() : undefined;
  const onnx = here ? await loadPotionAsOnnx() : undefined;
  const ways: Record<string, () => unknown> = { 'built-in (int8, 192 dimensions)': () => builtIn.embed(passages) };
  if (native) ways['potion-base-2M (fp32, 64 dimensions)'] = () => native.embed(passages);
  if (onnx) {
    ways['the same as ONNX, one by one'] = () => inBatches(onnx.embed, passages, 1);
    ways[`the same as ONNX, ${BATCH} at a time`] = () => inBatches(onnx.embed, passages, BATCH);
  }
  const times: Record<string, number> = await mediansOf(ways, { rounds: ROUNDS, warmUps: 2 });
  times['built-in, no word known'] = await medianOfNew(passages);
  const perSecond = (name: string) => Math.round((1000 * passages.length) / (times[name] ?? Number.POSITIVE_INFINITY));
  const best = Math.max(
    ...Object.keys(times)
      .filter((name) => name.includes('ONNX'))
      .map(perSecond),
  );
  const rows = Object.keys(times).map((name) => [
    name,
    `${perSecond(name)}`,
    onnx ? `${(perSecond(name) / best).toFixed(1)} x` : '',
  ]);
  const targets = Object.keys(times)
    .filter((name) => !name.includes('ONNX'))
    .map((name) => passagesTarget(name, perSecond(name)));
  if (native && onnx) targets.push(await differenceTarget(native, onnx.embed, passages));
  await onnx?.dispose();
  const skipped = here ? [] : ['', 'potion-base-2M was skipped: ../shared/models is not here.'];
  return { lines: [...table(['way', 'passages a second', 'of the best ONNX'], rows), ...skipped], targets };
}

async function medianOfNew(passages: readonly string[]): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const model = await StaticModel.load({ folder: staticModelFolder });
    times.push(await timeOf(() => model.embed(passages)));
  }
  return median(times);
}

function loadPotion(): Promise<StaticModel> {
  return StaticModel.load({ folder: join(potion, 'model2vec-native') });
}

async function loadPotionAsOnnx(): Promise<{ embed: Embed; dispose: () => Promise<void> }> {
  const { env, pipeline } = await loadTransformers();
  env.localModelPath = dirname(potion);
  const extract = await pipeline('feature-extraction', basename(potion), {
    dtype: 'fp32',
    device: 'cpu',
    local_files_only: true,
    session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
  });
  const embed: Embed = async (texts) => {
    const output = await extract([...texts], { pooling: 'mean', normalize: true });
    const vectors: number[][] = output.tolist();
    output.dispose();
    return vectors;
  };
  return { embed, dispose: () => extract.dispose() };
}

async function inBatches(embed: Embed, texts: readonly string[], size: number): Promise<void> {
  for (let start = 0; start < texts.length; start += size) await embed(texts.slice(start, start + size));
}

async function differenceTarget(native: StaticModel, onnx: Embed, passages: readonly string[]): Promise<Target> {
  let largest = 0;
  for (const passage of passages) {
    const [theirs] = await onnx([passage]);
    const ours = native.embedText(passage);
    for (const [index, value] of ours.entries()) {
      largest = Math.max(largest, Math.abs(value - (theirs?.[index] ?? Number.NaN)));
    }
  }
  return {
    name: 'potion-base-2M: largest difference of a number from ONNX',
    reached: largest.toExponential(1),
    wanted: `under ${WANTED_DIFFERENCE}`,
    met: largest < WANTED_DIFFERENCE,
  };
}

function passagesTarget(name: string, reached: number): Target {
  return {
    name: `static passages a second: ${name}`,
    reached: `${reached}`,
    wanted: `at least ${WANTED_PASSAGES}`,
    met: reached >= WANTED_PASSAGES,
  };
}

async function measureStart(): Promise<Part> {
  const starts: number[][] = [];
  for (let index = 0; index < STARTS; index++) {
    starts.push(JSON.parse((await run(process.execPath, [probe, engine])).stdout));
  }
  const [imports, reading, first] = [0, 1, 2].map((step) => median(starts.map((times) => times[step] ?? Number.NaN)));
  const rows = [
    ['import of its code', imports],
    ['reading the model', reading],
    ['first text', first],
  ] as const;
  const met = reading !== undefined && reading < WANTED_START_MS;
  return {
    lines: table(
      ['step', 'time'],
      rows.map(([name, time]) => [name, ms(time ?? Number.NaN)]),
    ),
    targets: [
      { name: 'reading the built-in static model', reached: ms(reading ?? Number.NaN), wanted: '< 60 ms', met },
    ],
  };
}

/** Passages of so many tokens, out of all samples in a row. */
async function cutSamples(model: StaticModel): Promise<readonly string[]> {
  const folder = join(doctypesFolder, 'samples');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const passages: string[] = [];
  let passage = '';
  let tokens = 0;
  for (const word of texts.join('\n').match(/\s*\S+/g) ?? []) {
    const pieces = model.encode(word).length;
    if (tokens + pieces > TOKENS) {
      passages.push(passage);
      [passage, tokens] = ['', 0];
    }
    passage += word;
    tokens += pieces;
  }
  return passages;
}
