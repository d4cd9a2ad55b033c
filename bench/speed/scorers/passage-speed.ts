import { join } from 'node:path';
import { staticModelFolder } from '@docket/models';
import { loadEntailmentModel, loadSentenceEncoder, loadStaticModel } from '../../../packages/core/src/load-models.js';
import { StaticModel } from '../../../packages/core/src/scoring/static/static-model.js';
import { loadTransformers } from '../../../packages/core/src/scoring/transformers/load-transformers.js';
import { mediansOf } from '../median-of.js';
import { type Section, table } from '../report.js';
import { type BenchModels, installBenchModels } from './bench-models.js';
import { makePassages } from './passages.js';

const PASSAGES = 24;
const TOKENS = 254;
const ROUNDS = 7;
const WANTED_SHARE = 0.95;
const HYPOTHESIS = 'This document is a bill with a total due (invoice).';

/** What works through all passages once. */
type Way = { readonly run: () => Promise<unknown>; readonly dispose: () => Promise<unknown> };

/** How many passages of about 256 tokens does each scorer's model take in a second, and how near is that to the bare one? */
export async function measurePassages(): Promise<Section> {
  await using models = await installBenchModels();
  const speeds = new Map<string, (number | undefined)[]>();
  for (const threads of [1, 2]) {
    const ways = await loadWays(models, threads);
    const runs = Object.fromEntries(Object.entries(ways).map(([name, { run }]) => [name, run]));
    const times: Record<string, number> = await mediansOf(runs, { rounds: ROUNDS, warmUps: 1 });
    for (const [name, time] of Object.entries(times)) {
      const known = speeds.get(name) ?? [undefined, undefined];
      known[threads - 1] = (1000 * PASSAGES) / time;
      speeds.set(name, known);
    }
    for (const { dispose } of Object.values(ways)) await dispose();
  }
  const share = (threads: number) =>
    (speeds.get(OURS)?.[threads - 1] ?? Number.NaN) / (speeds.get(BARE)?.[threads - 1] ?? Number.NaN);
  const cell = (speed: number | undefined) => (speed === undefined ? '' : speed.toFixed(speed < 100 ? 1 : 0));
  return {
    title: 'Passages a second',
    lines: [
      `${PASSAGES} passages of ${TOKENS + 2} tokens, one by one, medians of ${ROUNDS}. *MiniLM's shape*: 6 layers, 384 wide, random`,
      'weights, which show speed and plumbing only. *Bare*: the pipeline of transformers.js on the same files and texts.',
      'A static model has one thread; more processes use more cores.',
      '',
      ...table(
        ['scorer, model', '1 thread', '2 threads'],
        [...speeds].map(([name, [one, two]]) => [name, cell(one), cell(two)]),
      ),
    ],
    targets: [1, 2].map((threads) => ({
      name: `embedding beside the bare pipeline, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
      reached: share(threads).toFixed(2),
      wanted: `at least ${WANTED_SHARE}`,
      met: share(threads) >= WANTED_SHARE,
    })),
  };
}

const OURS = "embedding, MiniLM's shape";
const BARE = "bare pipeline, MiniLM's shape";

async function loadWays(models: BenchModels, threads: number): Promise<Readonly<Record<string, Way>>> {
  const passages = makePassages(PASSAGES, TOKENS);
  const encoder = await loadSentenceEncoder({ ...(await models.registry.get('encoder')), threads });
  const nli = await loadEntailmentModel({ ...(await models.registry.get('nli')), threads });
  const ways: Record<string, Way> = {
    [OURS]: { run: () => encoder.embed(passages, 'passage'), dispose: () => encoder.dispose() },
    [BARE]: await bareWay(models, passages, threads),
    "zero-shot (pairs), MiniLM's shape": {
      run: () => nli.entail(passages.map((premise) => ({ premise, hypothesis: HYPOTHESIS }))),
      dispose: () => nli.dispose(),
    },
  };
  if (models.hasPotion) {
    const potion = await loadSentenceEncoder({ ...(await models.registry.get('potion-base-2M')), threads });
    ways['embedding, potion-base-2M'] = {
      run: () => potion.embed(passages, 'passage'),
      dispose: () => potion.dispose(),
    };
  }
  if (threads > 1) return ways;
  const builtIn = await StaticModel.load({ folder: staticModelFolder });
  ways['static, built in'] = { run: () => builtIn.embed(passages), dispose: () => builtIn.dispose() };
  if (models.hasPotion) {
    const potion = await loadStaticModel(await models.registry.get('potion-base-2M'));
    ways['static, potion-base-2M'] = { run: () => potion.embed(passages), dispose: () => potion.dispose() };
  }
  return ways;
}

async function bareWay({ folder }: BenchModels, passages: readonly string[], threads: number): Promise<Way> {
  const { pipeline } = await loadTransformers();
  const extract = await pipeline('feature-extraction', join(folder, 'encoder'), {
    dtype: 'fp32',
    device: 'cpu',
    local_files_only: true,
    session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
  });
  const run = async () => {
    for (const passage of passages) {
      const output = await extract(passage, { pooling: 'mean', normalize: true });
      output.dispose();
    }
  };
  return { run, dispose: () => extract.dispose() };
}
