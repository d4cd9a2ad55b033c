/** A share of counted documents. */
export interface Share {
  /** 0 to 1; null when nothing was counted. */
  readonly value: number | null;
  readonly count: number;
  readonly of: number;
}

/** A share with a 95 % interval. */
export interface EstimatedShare extends Share {
  readonly low: number | null;
  readonly high: number | null;
}

/** How one label fared; null is a label here. */
export interface LabelMetrics {
  readonly label: string | null;
  /** Documents whose right answer it is. */
  readonly support: number;
  /** Documents that were answered with it. */
  readonly answered: number;
  readonly precision: number | null;
  readonly recall: number | null;
  /** 0 when there is support or an answer but no hit; null when there is neither. */
  readonly f1: number | null;
}

/** Of documents that were answered with a confidence between two bounds, how many were right. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Null in an empty bin. */
  readonly meanConfidence: number | null;
  readonly shareRight: number | null;
}

/** Whether the confidence of the best label is the probability that it is right. */
export interface CalibrationMetrics {
  /** Expected calibration error over ten equal bins (Guo et al., 2017). */
  readonly ece: number | null;
  /** Brier score (1950). */
  readonly brier: number | null;
  readonly bins: readonly ReliabilityBin[];
}

/** When the least certain `reviewed` of all documents go to a person. */
export interface ReviewPoint {
  readonly reviewed: number;
  /** Share of all wrong answers that are among them. */
  readonly errorsCaught: number;
  /** Accuracy of the rest; null when nothing is left. */
  readonly accuracyOfRest: number | null;
}

/** Everything that is measured of a run, over the documents that were classified unless it says otherwise. */
export interface Metrics {
  /** All results, failed ones too. */
  readonly total: number;
  readonly classified: number;
  /** Failed results by error code, most frequent first. */
  readonly failures: readonly { readonly code: string; readonly count: number }[];
  /** The answer is the right one, null included. Interval: bootstrap by group, else by document. */
  readonly accuracy: EstimatedShare;
  readonly interval: { readonly resampled: 'groups' | 'documents'; readonly samples: number; readonly seed: number };
  /** The best label is the right one whatever the floor, of documents that have one. */
  readonly firstChoice: Share;
  /** Mean F1 of the labels with support, null included. */
  readonly macroF1: number | null;
  /** Types in the order of the rules' names by code point, then null. */
  readonly labels: readonly LabelMetrics[];
  /** `counts[expected][answered]`, both in the order of `labels`. */
  readonly confusion: readonly (readonly number[])[];
  /** Of documents that no rule should match. */
  readonly nulls: {
    readonly precision: Share;
    readonly recall: Share;
    /** Documents of a type that were answered null. */
    readonly falseAlarms: Share;
    /** How well the confidence of the best label tells documents of a type from others; null without both. */
    readonly auroc: number | null;
  };
  readonly calibration: CalibrationMetrics;
  /** From 0 to 1 of the documents, at most 101 points; the least certain first. */
  readonly review: readonly ReviewPoint[];
  readonly time: {
    /** Milliseconds a document, reading and scoring. */
    readonly p50Ms: number | null;
    readonly p95Ms: number | null;
    /** Of the whole run, by the clock. */
    readonly documentsPerSecond: number | null;
    /** Documents that were opened, and not taken from what was read before. */
    readonly opened: number;
  };
}
