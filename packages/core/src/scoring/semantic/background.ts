import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { DocketError } from '../../errors.js';
import type { TextEncoder } from './text-encoder.js';

/** What a model makes of texts at large: without it a cosine means nothing. */
export interface Background {
  /** Mean vectors, subtracted before the cosine is taken. */
  readonly document: Float32Array;
  readonly rule: Float32Array;
  /** Standard deviation of the cosines between general texts and general descriptions, after that. */
  readonly deviation: number;
}

/** Texts of all kinds, and descriptions as rules have them. */
export interface BackgroundTexts {
  readonly passages: readonly string[];
  readonly rules: readonly string[];
}

const DECIMALS = 6;

const backgroundSchema = z.object({
  document_mean: z.array(z.number()),
  rule_mean: z.array(z.number()),
  deviation: z.number().positive().optional(),
});

/** Measures a model's background on texts that have nothing to do with what is classified later. */
export async function measureBackground(encoder: TextEncoder, texts: BackgroundTexts): Promise<Background> {
  const passages = (await encoder.embed(texts.passages, 'passage')).map(toLength1);
  const rules = (await encoder.embed(texts.rules, 'rule')).map(toLength1);
  const means = { document: meanOf(passages, encoder.dimensions), rule: meanOf(rules, encoder.dimensions) };
  const centred = passages.map((passage) => centreDocument(passage, means));
  const cosines = rules.flatMap((rule) => {
    const vector = centreRule(rule, means);
    return centred.map((passage) => cosine(vector, passage));
  });
  return { ...means, deviation: deviationOf(cosines) };
}

/** A background as `background.*.json` holds it. */
export function formatBackground({ document, rule, deviation }: Background): string {
  const rounded = (vector: Float32Array) => [...vector].map((value) => Number(value.toFixed(DECIMALS)));
  const fields = { document_mean: rounded(document), rule_mean: rounded(rule), deviation };
  return `${JSON.stringify(fields)}\n`;
}

/** What {@link readBackground} needs to know of the model. */
export interface BackgroundReading {
  readonly dimensions: number;
  /** For files that do not say it. */
  readonly deviation?: number;
}

/** @throws DocketError `model.incompatible`, naming the file */
export async function readBackground(file: string, { dimensions, deviation }: BackgroundReading): Promise<Background> {
  try {
    const fields = backgroundSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    const spread = fields.deviation ?? deviation;
    const [document, rule] = [Float32Array.from(fields.document_mean), Float32Array.from(fields.rule_mean)];
    if (document.length !== dimensions || rule.length !== dimensions) throw new Error(`not ${dimensions} dimensions`);
    if (spread === undefined) throw new Error('no deviation');
    return { document, rule, deviation: spread };
  } catch (error) {
    const message = `the background ${file} of a model cannot be used; import the model again with docket models import PATH --replace`;
    throw new DocketError('model.incompatible', message, { data: { file }, cause: error });
  }
}

/** A rule's vector without what all rules share. @param rule length 1 */
export function centreRule(rule: Float32Array, background: Pick<Background, 'rule'>): Float32Array {
  return minus(rule, background.rule);
}

/**
 * A text's vector without what all documents share. Short texts show less of that (over Docket's samples: .4 of it at 5 word
 * pieces, all of it from 60 on): of the document mean, no more is subtracted than the text shows.
 * @param document length 1
 */
export function centreDocument(document: Float32Array, background: Pick<Background, 'document'>): Float32Array {
  return minus(document, background.document, shownShare(document, background.document));
}

/** Cosine of a rule and a text after subtracting the background; 0 when one of them is nothing. */
export function centredCosine(
  rule: Float32Array,
  document: Float32Array,
  background: Pick<Background, 'document' | 'rule'>,
): number {
  return cosine(centreRule(rule, background), centreDocument(document, background));
}

/** Cosine of two vectors; 0 when one of them is nothing. */
export function cosine(one: Float32Array, other: Float32Array): number {
  let product = 0;
  let oneSquare = 0;
  let otherSquare = 0;
  for (let index = 0; index < one.length; index++) {
    const first = one[index] as number;
    const second = other[index] as number;
    product += first * second;
    oneSquare += first * first;
    otherSquare += second * second;
  }
  return product === 0 ? 0 : product / Math.sqrt(oneSquare * otherSquare);
}

/** A vector without a share of another one. */
export function minus(vector: Float32Array, other: Float32Array, share = 1): Float32Array {
  return vector.map((value, index) => value - share * (other[index] as number));
}

/** Projection of a vector on a mean, as a share of that mean: 0 to 1. */
function shownShare(vector: Float32Array, mean: Float32Array): number {
  let product = 0;
  let square = 0;
  for (let index = 0; index < mean.length; index++) {
    product += (vector[index] as number) * (mean[index] as number);
    square += (mean[index] as number) ** 2;
  }
  return square === 0 ? 0 : Math.min(1, Math.max(0, product / square));
}

/** The vector with length 1; zeros stay zeros. */
export function toLength1(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** Mean of vectors, each with its weight; zeros when there is none. */
export function meanOf(
  vectors: readonly Float32Array[],
  dimensions: number,
  weightOf: (index: number) => number = () => 1,
): Float32Array {
  const sum = new Float32Array(dimensions);
  let total = 0;
  vectors.forEach((vector, index) => {
    const weight = weightOf(index);
    total += weight;
    for (let at = 0; at < dimensions; at++) sum[at] = (sum[at] as number) + weight * (vector[at] as number);
  });
  return total === 0 ? sum : sum.map((value) => value / total);
}

function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
