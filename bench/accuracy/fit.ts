import { writeFile } from 'node:fs/promises';
import { calibrationFile, compiledKnowledgeFile } from '@docket/models';
import { calibrationName } from '../../packages/core/src/decision/calibration.js';
import { DEFAULT_MAX_PAGES } from '../../packages/core/src/documents/limits.js';
import { loadKnowledge } from '../../packages/core/src/knowledge/load-knowledge.js';
import type { ScorerName } from '../../packages/core/src/scoring/scorer-names.js';
import { evalSetExists, loadEvalSet } from './eval-set.js';
import { fitEngine, fitLayout } from './fit-calibration.js';
import { Scoreboard } from './score-documents.js';

/** Fits `models/calibration.json` on all labelled documents. Run: `pnpm --filter @docket/bench fit`. */
async function main(): Promise<void> {
  if (!evalSetExists()) return console.log('skipped: the labelled documents (../shared/eval) are not here');
  const { documents, ruleSet } = await loadEvalSet(DEFAULT_MAX_PAGES);
  const layout = fitLayout(documents);
  const engines: Record<string, unknown> = {};
  for (const folder of [undefined, 'none']) {
    const knowledge = await loadKnowledge({ compiledFile: compiledKnowledgeFile, ...(folder ? { folder } : {}) });
    for (const scorer of ['auto', 'evidence', 'static'] as const satisfies readonly ScorerName[]) {
      const board = await Scoreboard.score(documents, ruleSet, { scorer, knowledge, layout, fusion: {} });
      const name = calibrationName({ scorer, hasKnowledge: folder === undefined });
      engines[name] = fitEngine(board, ruleSet.rules.length);
      console.log(name, JSON.stringify(engines[name]));
    }
  }
  const note = `Fitted by bench/accuracy/fit.ts on ${documents.length} labelled documents; numbers only. docs/scoring.md explains them.`;
  await writeFile(calibrationFile, `${JSON.stringify({ note, layout, engines }, null, 1)}\n`);
}

await main();
