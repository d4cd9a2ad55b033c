import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compiledKnowledgeFile } from '@docket/models';
import { DEFAULT_MAX_PAGES } from '../../packages/core/src/documents/limits.js';
import { loadKnowledge } from '../../packages/core/src/knowledge/load-knowledge.js';
import { type CrossValidation, crossValidate } from './cross-validate.js';
import { evalSetExists, loadEvalSet } from './eval-set.js';
import { loadParaphrases } from './paraphrases.js';
import { type Measured, writeReport } from './report.js';

const FEW = ['invoice', 'resume', 'contract'];
const results = fileURLToPath(new URL('../results/', import.meta.url));

/** Measures accuracy on the labelled documents, five-fold by source. Run: `pnpm --filter @docket/bench accuracy`. */
async function main(): Promise<void> {
  if (!evalSetExists()) return console.log('skipped: the labelled documents (../shared/eval) are not here');
  const { documents, unread, ruleSet } = await loadEvalSet(DEFAULT_MAX_PAGES);
  const measured: Measured[] = [];
  for (const folder of [undefined, 'none']) {
    const knowledge = await loadKnowledge({ compiledFile: compiledKnowledgeFile, ...(folder ? { folder } : {}) });
    for (const scorer of ['auto', 'evidence', 'static'] as const) {
      const others = scorer === 'auto' ? await loadParaphrases() : [];
      const result: CrossValidation = await crossValidate({ documents, ruleSet, scorer, knowledge, few: FEW, others });
      measured.push({ scorer, knowledge: folder === undefined, identity: knowledge.identity, ...result });
    }
  }
  const report = writeReport({ measured, documents, unread, few: FEW });
  console.log(report);
  await mkdir(results, { recursive: true });
  await writeFile(`${results}accuracy.md`, report);
}

await main();
