import type { ScorerConfiguration } from './configurations.js';
import type { Summary } from './outcome.js';

/** The set of labelled documents, beside the names of rule files of text sets. */
export const DOCUMENTS = 'documents';

/** What one configuration reached on every set. */
export interface Measurement {
  readonly configuration: ScorerConfiguration;
  /** Whether the knowledge of document types took part. */
  readonly knowledge: boolean;
  /** By {@link DOCUMENTS} or the name of a rule file. */
  readonly sets: ReadonlyMap<string, Summary>;
}

/** A configuration that could not be measured. */
export interface LeftOut {
  readonly name: string;
  readonly reason: string;
}

/** Finds the measurement of a scorer with no model but the built-in one. */
export function findMeasurement(
  measured: readonly Measurement[],
  scorer: string,
  knowledge: boolean,
): Measurement | undefined {
  return measured.find(
    (one) =>
      one.configuration.scorer === scorer && one.configuration.model === undefined && one.knowledge === knowledge,
  );
}
