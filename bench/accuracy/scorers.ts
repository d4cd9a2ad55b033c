import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_MAX_PAGES, type Engine } from '@docket/core';
import { CONFIGURATIONS, loadConfigured } from './comparison/configurations.js';
import { installShared } from './comparison/install-shared.js';
import { measureDocuments, measureTexts } from './comparison/measure.js';
import { DOCUMENTS, type LeftOut, type Measurement } from './comparison/measurement.js';
import { type Outcome, summarise } from './comparison/outcome.js';
import { writeComparison } from './comparison/write-comparison.js';
import { type EvalSet, evalSetExists, loadEvalSet } from './eval-set.js';
import { loadPublished } from './texts/published.js';
import { loadTextRules, type TextRules } from './texts/rule-files.js';
import { loadTexts, type TextSample, textSetsExist } from './texts/text-sets.js';

/** Texts of each set: the 95 % interval of a share is then within .03. */
const MOST_TEXTS = 1000;

const results = fileURLToPath(new URL('../results/', import.meta.url));

/** What every configuration is measured on. */
interface Material {
  readonly evalSet: EvalSet;
  readonly rules: readonly TextRules[];
  /** By the name of a text set. */
  readonly texts: ReadonlyMap<string, TextSample>;
}

/**
 * Compares scorers on documents and on short texts; models that are not in ../shared/models are left out.
 * Run: `pnpm --filter @docket/bench scorers`.
 */
async function main(): Promise<void> {
  if (!evalSetExists() || !textSetsExist()) return console.log('skipped: ../shared/eval is not here');
  const material = await loadMaterial();
  const modelsFolder = await mkdtemp(join(tmpdir(), 'docket-models-'));
  try {
    await installShared(modelsFolder);
    await compare(material, modelsFolder);
  } finally {
    await rm(modelsFolder, { recursive: true, force: true });
  }
}

async function compare(material: Material, modelsFolder: string): Promise<void> {
  const measured: Measurement[] = [];
  const leftOut = new Map<string, LeftOut>();
  for (const configuration of CONFIGURATIONS) {
    for (const knowledge of [true, false]) {
      const loaded = await loadConfigured(configuration, knowledge ? '' : 'none', modelsFolder);
      const { name } = configuration;
      if ('leftOut' in loaded) {
        leftOut.set(name, { name, reason: loaded.leftOut });
        continue;
      }
      const started = performance.now();
      measured.push({ configuration, knowledge, sets: await measure(material, loaded.engine) });
      console.error(`${name}, knowledge ${knowledge ? 'on' : 'off'}: ${Math.round(performance.now() - started)} ms`);
    }
  }
  const sampleSizes = new Map(
    [...material.texts].map(([name, { texts, total }]) => [name, { sampled: texts.length, total }]),
  );
  const published = await loadPublished();
  const report = writeComparison({ measured, leftOut: [...leftOut.values()], published, sampleSizes });
  console.log(report);
  await mkdir(results, { recursive: true });
  await writeFile(`${results}scorers.md`, report);
}

async function loadMaterial(): Promise<Material> {
  const rules = await loadTextRules();
  const texts = new Map<string, TextSample>();
  for (const { set } of rules) if (!texts.has(set)) texts.set(set, await loadTexts(set, MOST_TEXTS));
  return { evalSet: await loadEvalSet(DEFAULT_MAX_PAGES), rules, texts };
}

async function measure({ evalSet, rules, texts }: Material, engine: Engine): Promise<Measurement['sets']> {
  const outcomes: [string, Outcome[]][] = [
    [DOCUMENTS, await measureDocuments(evalSet.documents, evalSet.ruleSet, engine)],
  ];
  for (const { name, set, ruleSet } of rules) {
    outcomes.push([name, await measureTexts(texts.get(set)?.texts ?? [], ruleSet, engine)]);
  }
  return new Map(outcomes.map(([name, of]) => [name, summarise(of)]));
}

await main();
