import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { DocketError } from '../errors.js';

const coefficients = z.object({
  bias: z.number(),
  /** Of the fused score itself. */
  score: z.number().nonnegative(),
  /** Of its lead over the best rule for another label, where it leads. */
  lead: z.number().nonnegative(),
  /** Of the same, where it is behind. */
  behind: z.number().nonnegative(),
  /** Of its lead over the best document type that no rule asks for. */
  background: z.number().nonnegative(),
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

/** The calibration of a combination of scorers, such as `auto` or `auto/no-knowledge`. */
export function calibrationOf(calibration: Calibration, engine: string): EngineCalibration {
  const found = calibration.engines[engine];
  if (found) return found;
  throw new DocketError('model.incompatible', `nothing was fitted for the engine ${engine}; fit the calibration again`);
}
