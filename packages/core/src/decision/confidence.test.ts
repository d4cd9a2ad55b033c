import { calibrationFile } from '@docket/models';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelTask } from '../models/model-manifest.js';
import { rawScore, type Score } from '../scoring/scorer.js';
import type { ScorerName } from '../scoring/scorer-names.js';
import { TEST_CALIBRATION } from '../testing/make-sheet.js';
import { type Calibration, calibrationOf, loadCalibration } from './calibration.js';
import { type ConfidenceFeatures, confidenceOf } from './confidence.js';
import { fuseScores } from './fuse-scores.js';

const confidence = (features: ConfidenceFeatures) => confidenceOf(features, TEST_CALIBRATION.confidence);
const score = fc.double({ min: -50, max: 500, noNaN: true });

describe('confidenceOf', () => {
  it('rises with the score and falls with what stands beside it', () => {
    fc.assert(
      fc.property(
        score,
        score,
        score,
        fc.double({ min: 0.01, max: 50, noNaN: true }),
        (own, rival, background, more) => {
          const base = confidence({ score: own, rival, background });
          expect(confidence({ score: own + more, rival, background })).toBeGreaterThanOrEqual(base);
          expect(confidence({ score: own, rival: rival + more, background })).toBeLessThanOrEqual(base);
          expect(confidence({ score: own, rival, background: background + more })).toBeLessThanOrEqual(base);
          expect(base).toBeGreaterThanOrEqual(0);
          expect(base).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('takes no rival and no background for those that nothing speaks for', () => {
    const nothing = { rival: undefined, background: undefined };
    expect(confidence({ score: 3, ...nothing })).toBe(confidence({ score: 3, rival: 0, background: 0 }));
  });
});

describe('fuseScores', () => {
  const shown = (raw: number, documentType: string): Score => ({ raw: rawScore(raw), evidence: [], documentType });
  const sheet = (name: string, rules: number[], background: Record<string, number>) => {
    const types = new Map(Object.entries(background).map(([id, raw]) => [id, shown(raw, name)]));
    return [name, { rules: rules.map((raw) => shown(raw, name)), background: types }] as const;
  };

  it('adds up what the scorers say, each times its weight, and shows what the first one shows', () => {
    const sheets = [sheet('evidence', [1, 2], { letter: 3 }), sheet('static', [10, 20], { letter: 30 })];
    const fused = fuseScores(sheets, { evidence: 2, static: 0.5 });
    expect(fused.rules.map(({ value }) => value)).toEqual([7, 14]);
    expect(fused.background.get('letter')?.value).toBe(21);
    expect(fused.rules[0]?.shown.documentType).toBe('evidence');
  });

  it('leaves out a scorer without a weight, and is empty for no scorer', () => {
    expect(fuseScores([sheet('evidence', [1], {}), sheet('other', [5], {})], { evidence: 1 }).rules[0]?.value).toBe(1);
    expect(fuseScores([], {}).rules).toEqual([]);
  });
});

describe('the calibration that is shipped', () => {
  it.each(
    (['auto', 'evidence', 'static'] as const).flatMap((scorer) => [
      { scorer, hasKnowledge: true },
      { scorer, hasKnowledge: false },
    ]),
  )('covers $scorer, with knowledge: $hasKnowledge', async (engine) => {
    const { calibration, isFitted } = calibrationOf(await loadCalibration(calibrationFile), engine);
    expect(isFitted).toBe(true);
    expect(calibration.floor).toBeGreaterThan(0);
    expect(calibration.margin).toBeGreaterThanOrEqual(0);
    expect(Object.values(calibration.fusion).some((weight) => weight > 0)).toBe(true);
  });

  const fitted = { confidence: { bias: -1, score: 1, lead: 1, behind: 1, background: 0 }, floor: 0.4, margin: 0 };
  const shipped: Calibration = {
    layout: { numbers: {}, shares: {} },
    engines: {
      auto: { ...fitted, fusion: { evidence: 1, static: 3 } },
      static: { ...fitted, fusion: { static: 1 } },
      'auto@aaaaaaaaaaaa': { ...fitted, fusion: { evidence: 1, embedding: 5 } },
    },
  };
  const choose = (scorer: ScorerName, task: ModelTask, hash: string) =>
    calibrationOf(shipped, { scorer, hasKnowledge: true, model: { task, hash } });

  it('is that of the very model, where it was fitted with it', () => {
    expect(choose('auto', 'embedding', 'aaaaaaaaaaaa')).toMatchObject({
      isFitted: true,
      calibration: { fusion: { evidence: 1, embedding: 5 } },
    });
  });

  it('gives another model the weight of the built-in one, and says that it was not fitted', () => {
    const fusions = [
      choose('auto', 'embedding', 'bbbbbbbbbbbb'),
      choose('auto', 'static', 'bbbbbbbbbbbb'),
      choose('auto', 'zero-shot', 'bbbbbbbbbbbb'),
      choose('embedding', 'embedding', 'bbbbbbbbbbbb'),
      choose('zero-shot', 'zero-shot', 'bbbbbbbbbbbb'),
    ].map(({ isFitted, calibration }) => [isFitted, calibration.fusion]);
    expect(fusions).toEqual([
      [false, { evidence: 1, embedding: 3 }],
      [false, { evidence: 1, static: 3 }],
      [false, { evidence: 1, 'zero-shot': 3 }],
      [false, { embedding: 1 }],
      [false, { 'zero-shot': 1 }],
    ]);
  });

  it('is refused when it is damaged, naming the file', async () => {
    await expect(loadCalibration('/no/such/file.json')).rejects.toMatchObject({ code: 'model.incompatible' });
    await expect(loadCalibration('/no/such/file.json')).rejects.toThrow('/no/such/file.json');
  });
});
