import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compiledKnowledgeFile, doctypesFolder, staticModelFolder } from '@docket/models';
import { readKnowledgeFolder } from './knowledge/compile-knowledge.js';
import { loadKnowledge } from './knowledge/load-knowledge.js';
import { foldWord } from './pages/tokens.js';
import { RuleLinker } from './rules/link-rule.js';
import type { LintTools } from './rules/lint/lint-rules.js';
import type { Rule } from './rules/rule-set.js';
import { centredCosine, centreRule, cosine } from './scoring/semantic/background.js';
import { ruleText } from './scoring/semantic/rule-text.js';
import { loadBuiltInStatic } from './scoring/static/built-in.js';
import { StaticMeaning } from './scoring/static/static-meaning.js';

/** How much of a sample stands for a document: about what a scorer looks at first. */
const SAMPLE_CHARACTERS = 2000;

/**
 * Loads what rules are looked at with: the knowledge, and the built-in model with the samples of document types.
 * @throws DocketError `model.*`
 */
export async function loadLintTools(folder?: string): Promise<LintTools> {
  const [knowledge, { encoder, background }, { samples }, tokenizer] = await Promise.all([
    loadKnowledge({ compiledFile: compiledKnowledgeFile, ...(folder === undefined ? {} : { folder }) }),
    loadBuiltInStatic(),
    readKnowledgeFolder(doctypesFolder),
    readFile(join(staticModelFolder, 'tokenizer.json'), 'utf8'),
  ]);
  const { model } = JSON.parse(tokenizer) as { readonly model: { readonly vocab: Readonly<Record<string, number>> } };
  const documents = [...samples.values()].map((text) => encoder.embedText(text.slice(0, SAMPLE_CHARACTERS)));
  const vectorOf = (rule: Rule) => encoder.embedText(ruleText(rule));
  return {
    knowledge,
    vocabulary: Object.keys(model.vocab).map(foldWord),
    linker: new RuleLinker(knowledge, new StaticMeaning(encoder, background, knowledge)),
    nearness: {
      betweenRules: (one, other) => {
        return cosine(centreRule(vectorOf(one), background), centreRule(vectorOf(other), background));
      },
      toNearestDocument: (rule) => {
        const vector = vectorOf(rule);
        return Math.max(0, ...documents.map((document) => centredCosine(vector, document, background)));
      },
    },
  };
}
