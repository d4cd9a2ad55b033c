import { classifyDocument, DEFAULT_LIMITS, EnginePool, type Rule } from '@docket/core';
import { DEFAULT_MAX_PAGES } from '../../packages/core/src/documents/limits.js';
import { mediansOf } from './median-of.js';
import { type Section, table } from './report.js';
import { fixturePaths, fixtureRuleList } from './speed-documents.js';

/** How often the fixtures are repeated in one batch. */
const REPEATS = 6;
const MEMORY_MB = 1024;
const IN_PROCESS = 'one process, `classifyDocument`';

const parsing = { maxPages: DEFAULT_MAX_PAGES };

/** How many documents a second does one process do, and how many do engine processes? */
export async function measureThroughput(): Promise<Section> {
  const rules = await fixtureRuleList();
  const fixtures = await fixturePaths();
  const batch = Array.from({ length: REPEATS }, () => fixtures).flat();
  const [one, two] = [poolOf(1), poolOf(2)];
  const times = await mediansOf(
    {
      [IN_PROCESS]: () => inProcess(batch, rules),
      'engine pool, concurrency 1': () => inPool(one, batch, rules),
      'engine pool, concurrency 2': () => inPool(two, batch, rules),
    },
    { rounds: 5, warmUps: 1 },
  ).finally(() => Promise.all([one.close(), two.close()]));
  const base = times[IN_PROCESS];
  const rows = Object.entries(times).map(([name, took]) => {
    return [
      name,
      ((1000 * batch.length) / took).toFixed(1),
      (took / batch.length).toFixed(2),
      `${(base / took).toFixed(2)} x`,
    ];
  });
  return {
    title: 'Throughput',
    lines: [
      `${batch.length} documents a batch (the ${fixtures.length} readable fixtures, ${REPEATS} times, all formats),`,
      `${rules.length} rules, engine \`auto\`; medians of 5.`,
      '',
      ...table(['way', 'documents a second', 'ms a document', 'of one process'], rows),
    ],
    targets: [],
  };
}

function poolOf(concurrency: number): EnginePool {
  return new EnginePool({ engine: {}, limits: DEFAULT_LIMITS, concurrency, maxMemoryMb: MEMORY_MB });
}

async function inProcess(paths: readonly string[], rules: readonly Rule[]): Promise<void> {
  for (const document of paths) await classifyDocument({ document, rules, parsing });
}

async function inPool(pool: EnginePool, paths: readonly string[], rules: readonly Rule[]): Promise<void> {
  await Promise.all(paths.map((document) => pool.classify({ document, rules, parsing })));
}
