/** Names by which scorers are asked for. `auto` is `evidence` fused with a model: the built-in static one, unless another is named. */
export const SCORER_NAMES = ['auto', 'evidence', 'static', 'embedding', 'zero-shot'] as const;

/** One of {@link SCORER_NAMES}. */
export type ScorerName = (typeof SCORER_NAMES)[number];
