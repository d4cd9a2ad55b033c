// One start of the built engine, in a process of its own: says on standard output when the first document is classified,
// and what each step took. Arguments: `whole` or `steps`, a PDF, a JSON file of rules.
import { readFile } from 'node:fs/promises';

const booted = performance.now();
const [, , mode, document, rulesFile] = process.argv;
const core = (path) => import(new URL(`../../packages/core/dist/${path}`, import.meta.url).href);
const steps = [['node itself', booted]];

/** Runs a step and notes what it took. */
async function step(name, run) {
  const started = performance.now();
  const result = await run();
  steps.push([name, performance.now() - started]);
  return result;
}

const rules = JSON.parse(await readFile(rulesFile, 'utf8'));

if (mode === 'whole') {
  const { classifyDocument } = await step('import of the engine', () => core('classify.js'));
  await step('first `classifyDocument`', () => classifyDocument({ document, rules, parsing: { targetPages: '1' } }));
} else {
  await stepByStep();
}
console.log(JSON.stringify(steps));

async function stepByStep() {
  const { parseRuleSet } = await step('import: rules (zod)', () => core('rules/rule-set.js'));
  await step('import: languages (eld)', () => core('languages/detect-language.js'));
  await step('import: rule words (stopword)', () => core('scoring/evidence/rule-words.js'));
  await step('import: sniffing (file-type)', () => core('documents/sniff-format.js'));
  await step('import: knowledge (yaml)', () => core('knowledge/load-knowledge.js'));
  const engineParts = await step('import: the rest of the engine', async () => ({
    ...(await core('classify.js')),
    ...(await core('engine.js')),
    ...(await core('decision/calibration.js')),
    ...(await core('knowledge/load-knowledge.js')),
    ...(await core('scoring/evidence/evidence-scorer.js')),
    ...(await core('load-scorers.js')),
    ...(await core('scoring/static/built-in.js')),
    ...(await core('documents/read-document.js')),
    ...(await core('pages/page-selection.js')),
  }));
  const { createEngine, loadBuiltInStatic, loadScorers, classifyRecord, readDocument, PageSelection } = engineParts;
  const files = await import(new URL('../../models/index.js', import.meta.url).href);
  const calibration = await step('calibration', () => engineParts.loadCalibration(files.calibrationFile));
  const { compiledKnowledgeFile: compiledFile, packedKnowledgeFile: packedFile } = files;
  const knowledge = await step('knowledge: read', () => engineParts.loadKnowledge({ compiledFile, packedFile }));
  await step('evidence scorer', () => new engineParts.EvidenceScorer({ knowledge, layout: calibration.layout }));
  await step('static model: read and build', () => loadBuiltInStatic());
  const { layout } = calibration;
  const linked = await step('scorers: both again, linked', () =>
    loadScorers({ scorer: 'auto', knowledge, layout, fusion: {} }),
  );
  const engine = await step('engine: put together', () =>
    createEngine({ scorer: 'auto', knowledge, calibration, ...linked }),
  );
  const ruleSet = parseRuleSet(rules);
  await step('engine: prepare the rules, embed all types', () => engine.prepare(ruleSet));
  const { loadPdfjs } = await core('documents/pdf/pdfjs.js');
  await step('import: pdf.js', loadPdfjs);
  const selection = PageSelection.parse({ targetPages: '1' });
  const record = await step('first document: read', () => readDocument(document, { selection }));
  await step('first document: score and decide', () => classifyRecord({ document: record, ruleSet, engine }));
  await step('again: read', () => readDocument(document, { selection }));
  await step('again: score and decide', () => classifyRecord({ document: record, ruleSet, engine }));
}
