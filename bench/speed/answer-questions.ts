import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Section } from './report.js';

/** A benchmark of several questions, each of which can be asked alone. */
export interface Questionnaire<Effort> {
  /** What is measured, by the name that picks it on the command line. */
  readonly questions: Readonly<Record<string, (effort: Effort) => Promise<Section>>>;
  readonly fullEffort: Effort;
  /** With `--quick`. */
  readonly quickEffort: Effort;
  readonly writeReport: (sections: readonly Section[]) => string;
  /** Name of the report in `results`. */
  readonly file: string;
}

const QUICK = '--quick';

const results = fileURLToPath(new URL('../results/', import.meta.url));

/**
 * Answers all questions, or those that are named, and prints the report. Only a full run of all is written to `results`.
 * @param flags `[--quick] [question...]`
 * @throws Error for a question that is not known
 */
export async function answerQuestions<Effort>(all: Questionnaire<Effort>, flags: readonly string[]): Promise<void> {
  const { questions, fullEffort, quickEffort, writeReport, file } = all;
  const asked = flags.filter((flag) => flag !== QUICK);
  const effort = flags.includes(QUICK) ? quickEffort : fullEffort;
  const unknown = asked.filter((name) => !questions[name]);
  if (unknown.length > 0)
    throw new Error(`no question ${unknown.join(', ')}; there are ${Object.keys(questions).join(', ')}`);
  const sections: Section[] = [];
  for (const [name, measure] of Object.entries(questions)) {
    if (asked.length === 0 || asked.includes(name)) sections.push(await measure(effort));
  }
  const report = writeReport(sections);
  console.log(report);
  if (flags.length > 0) return;
  await mkdir(results, { recursive: true });
  await writeFile(results + file, report);
}
