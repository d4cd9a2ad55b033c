/** How much is measured. */
export interface Effort {
  readonly rounds: number;
  /** Every so manyth document is taken. */
  readonly stride: number;
}

/** What is committed. */
export const FULL_EFFORT: Effort = { rounds: 5, stride: 1 };

/** A third of the documents: shows in a few minutes where the figures are. */
export const QUICK_EFFORT: Effort = { rounds: 3, stride: 3 };
