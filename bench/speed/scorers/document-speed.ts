import { classifyRecord, type Engine, type EngineOptions, loadEngine, parseRuleSet, type RuleSet } from '@docket/core';
import { median, timeOf } from '../median-of.js';
import { ms, type Section, table } from '../report.js';
import { fixturePdfs, type SpeedDocument } from '../speed-documents.js';
import { installBenchModels } from './bench-models.js';

const RULE_COUNTS = [5, 30, 100];
const ROUNDS = 3;

/** How long does scoring a document take, by scorer and number of rules? */
export async function measureRuleCounts(): Promise<Section> {
  await using models = await installBenchModels();
  const modelsFolder = models.folder;
  const engines: Readonly<Record<string, EngineOptions>> = {
    evidence: { scorer: 'evidence' },
    static: { scorer: 'static' },
    auto: { scorer: 'auto' },
    "embedding (MiniLM's shape)": { scorer: 'embedding', model: 'encoder', modelsFolder },
    "zero-shot (MiniLM's shape)": { scorer: 'zero-shot', model: 'nli', modelsFolder },
    "auto with MiniLM's shape": { scorer: 'auto', model: 'encoder', modelsFolder },
  };
  const documents = await fixturePdfs();
  const rows: string[][] = [];
  let growth = Number.NaN;
  for (const [name, options] of Object.entries(engines)) {
    const engine = await loadEngine(options);
    const times: number[] = [];
    for (const count of RULE_COUNTS) times.push(await timePerDocument(engine, await rulesOf(count), documents));
    rows.push([name, ...times.map(ms)]);
    if (options.scorer === 'zero-shot') growth = (times.at(-1) ?? Number.NaN) / (times[0] ?? Number.NaN);
  }
  return {
    title: 'Time of a document by number of rules',
    lines: [
      `Scoring and deciding, without reading: ${documents.length} PDFs of the fixtures, warm, mean over documents of medians of ${ROUNDS}.`,
      "Rules are document types of the knowledge. *MiniLM's shape*: random weights, one thread, and a vocabulary so small that a",
      'text has about twice the tokens that it would have.',
      '',
      ...table(['scorer', ...RULE_COUNTS.map((count) => `${count} rules`)], rows),
    ],
    targets: [
      {
        name: 'zero-shot: time with 100 rules, of that with 5',
        reached: growth.toFixed(2),
        wanted: 'at most 2, not 20',
        met: growth <= 2,
      },
    ],
  };
}

/** The first so many document types, as rules. */
async function rulesOf(count: number): Promise<RuleSet> {
  const { knowledge } = await loadEngine({ scorer: 'evidence' });
  return parseRuleSet(knowledge.types.slice(0, count).map(({ name, description }) => ({ type: name, description })));
}

async function timePerDocument(engine: Engine, ruleSet: RuleSet, documents: readonly SpeedDocument[]): Promise<number> {
  let sum = 0;
  for (const { record } of documents) {
    const score = () => classifyRecord({ document: record, ruleSet, engine });
    await score();
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await timeOf(score));
    sum += median(times);
  }
  return sum / documents.length;
}
