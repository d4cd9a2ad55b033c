import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { DocketError } from '../../errors.js';
import type { EntailmentModel } from './entailment-model.js';

const spreadSchema = z.object({ deviation: z.number().positive() });

/**
 * Standard deviation of a model's log-odds over texts and sentences that have nothing to do with each other: what one
 * model calls much, another calls little.
 */
export async function measureSpread(
  model: EntailmentModel,
  texts: { readonly passages: readonly string[]; readonly hypotheses: readonly string[] },
): Promise<number> {
  const pairs = texts.hypotheses.flatMap((hypothesis) => texts.passages.map((premise) => ({ premise, hypothesis })));
  const answers = await model.entail(pairs);
  const mean = answers.reduce((sum, answer) => sum + answer, 0) / answers.length;
  return Math.sqrt(answers.reduce((sum, answer) => sum + (answer - mean) ** 2, 0) / answers.length);
}

/** A spread as `background.zero-shot.json` holds it. */
export function formatSpread(deviation: number): string {
  return `${JSON.stringify({ deviation })}\n`;
}

/** @throws DocketError `model.incompatible`, naming the file */
export async function readSpread(file: string): Promise<number> {
  try {
    return spreadSchema.parse(JSON.parse(await readFile(file, 'utf8'))).deviation;
  } catch (error) {
    const message = `the background ${file} of a model cannot be used; import the model again with docket models import PATH --replace`;
    throw new DocketError('model.incompatible', message, { data: { file }, cause: error });
  }
}
