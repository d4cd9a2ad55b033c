import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { DocketError } from '../errors.js';
import type { ModelTask } from '../models/model-manifest.js';
import type { ScorerName } from '../scoring/scorer-names.js';

const coefficients = z.object({
  bias: z.number(),
  /** Of the fused score itself. */
  score: z.number().nonnegative(),
  /** Of its lead over what else it could be: a rule for another label, or a document type that no rule asks for. */
  lead: z.number().nonnegative(),
  /** Of how far it is behind the best rule for another label. */
  behind: z.number().nonnegative(),
});

const engineCalibration = z.object({
  /** What each scorer's raw score counts, by scorer name. */
  fusion: z.record(z.string(), z.number().nonnegative()),
  confidence: coefficients,
  floor: z.number().min(0).max(1),
  margin: z.number().min(0).max(1),
});

const calibrationSchema = z.object({
  note: z.string().optional(),
  layout: z.object({
    numbers: z.record(z.string(), z.array(z.number())),
    shares: z.record(z.string(), z.number()),
  }),
  engines: z.record(z.string(), engineCalibration),
});

/** What was fitted for one combination of scorers. */
export type EngineCalibration = z.infer<typeof engineCalibration>;

/** The weights of the confidence. */
export type ConfidenceCoefficients = z.infer<typeof coefficients>;

/** Everything that was fitted on labelled documents: numbers only, no text of theirs. */
export type Calibration = z.infer<typeof calibrationSchema>;

/** @throws DocketError `model.incompatible` */
export async function loadCalibration(file: string): Promise<Calibration> {
  try {
    return calibrationSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const message = `the calibration ${file} cannot be used; restore the file or fit it again`;
    throw new DocketError('model.incompatible', message, { data: { file }, cause: error });
  }
}

/** A combination of scorers. */
export interface CalibratedEngine {
  readonly scorer: ScorerName;
  readonly hasKnowledge: boolean;
  /** The installed model that takes part, with its hash. */
  readonly model?: { readonly task: ModelTask; readonly hash: string } | undefined;
}

/** What holds for a combination of scorers. */
export interface ChosenCalibration {
  readonly calibration: EngineCalibration;
  /** Whether it was fitted with this very model. */
  readonly isFitted: boolean;
}

/**
 * No weights of a real model of entailment were at hand to fit this on: log-odds of 2 over the background are even, and
 * a lead counts as much as the score.
 */
const ZERO_SHOT: Omit<EngineCalibration, 'fusion'> = {
  confidence: { bias: -4, score: 2.5, lead: 1, behind: 3 },
  floor: 0.5,
  margin: 0,
};

/** What a combination is called among those that were fitted: `auto`, `static/no-knowledge`, `auto@0123456789ab`. */
export function calibrationName({ scorer, hasKnowledge, model }: CalibratedEngine): string {
  return `${scorer}${model ? `@${model.hash}` : ''}${hasKnowledge ? '' : '/no-knowledge'}`;
}

/**
 * The calibration of a combination of scorers. A model that nothing was fitted with takes the place of the built-in one.
 * @throws DocketError `model.incompatible`
 */
export function calibrationOf(calibration: Calibration, engine: CalibratedEngine): ChosenCalibration {
  const fitted = calibration.engines[calibrationName(engine)];
  if (fitted) return { calibration: fitted, isFitted: true };
  const { scorer, hasKnowledge, model } = engine;
  const isFitted = model === undefined;
  if (scorer === 'zero-shot') return { calibration: { ...ZERO_SHOT, fusion: { 'zero-shot': 1 } }, isFitted: false };
  const name = calibrationName({ scorer: scorer === 'embedding' ? 'static' : scorer, hasKnowledge });
  const built = calibration.engines[name];
  if (!built) {
    throw new DocketError('model.incompatible', `nothing was fitted for the engine ${name}; fit the calibration again`);
  }
  const { static: weight = 1, ...others } = built.fusion;
  return { calibration: { ...built, fusion: { ...others, [model?.task ?? 'static']: weight } }, isFitted };
}

/** Hash of what was fitted for a combination of scorers, layout statistics included; part of the engine's identity. */
export function calibrationHash({ layout }: Calibration, { calibration }: ChosenCalibration): string {
  return createHash('sha256')
    .update(JSON.stringify([layout, calibration]))
    .digest('hex')
    .slice(0, 8);
}
