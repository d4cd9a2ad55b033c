import type { EngineCalibration } from '../decision/calibration.js';
import type { FusedScore, FusedSheet } from '../decision/fuse-scores.js';

/** A calibration that is easy to reason about: half sure at score 3 without rivals. */
export const TEST_CALIBRATION: EngineCalibration = {
  fusion: { evidence: 1 },
  confidence: { bias: -4, score: 1, lead: 1, behind: 1 },
  floor: 0.5,
  margin: 0.1,
};

export function fusedScore(value: number, shown: Partial<FusedScore['shown']> = {}): FusedScore {
  return { value, shown: { evidence: [], ...shown } };
}

/** Scores of rules, in their order, and of the document types that no rule asks for. */
export function fusedSheet(rules: readonly number[], background: Readonly<Record<string, number>> = {}): FusedSheet {
  return {
    rules: rules.map((value) => fusedScore(value)),
    background: new Map(Object.entries(background).map(([id, value]) => [id, fusedScore(value)])),
    remarks: [],
  };
}
