/** One observation: what was seen, whether it was right, how much it counts. */
export interface Observation {
  readonly features: readonly number[];
  readonly right: boolean;
  readonly weight: number;
}

/** Weights of a logistic regression. */
export interface LogisticFit {
  readonly bias: number;
  readonly coefficients: readonly number[];
}

const STEPS = 6000;
const RATE = 0.5;

/**
 * Fits a logistic regression whose coefficients may not be negative, by projected gradient descent with momentum.
 * @param ridge how strongly coefficients are drawn to 0
 */
export function fitLogistic(observations: readonly Observation[], ridge = 0.0002): LogisticFit {
  const width = observations[0]?.features.length ?? 0;
  const total = observations.reduce((sum, one) => sum + one.weight, 0);
  const parameters = new Float64Array(width + 1);
  const velocity = new Float64Array(width + 1);
  for (let step = 0; step < STEPS; step++) {
    const gradient = new Float64Array(width + 1);
    for (const { features, right, weight } of observations) {
      const error = (probability(parameters, features) - (right ? 1 : 0)) * (weight / total);
      gradient[width] = (gradient[width] as number) + error;
      for (let index = 0; index < width; index++) {
        gradient[index] = (gradient[index] as number) + error * (features[index] as number);
      }
    }
    for (let index = 0; index <= width; index++) {
      const pull = index < width ? ridge * (parameters[index] as number) : 0;
      velocity[index] = 0.9 * (velocity[index] as number) - RATE * 0.1 * ((gradient[index] as number) + pull);
      const next = (parameters[index] as number) + (velocity[index] as number);
      parameters[index] = index < width ? Math.max(0, next) : next;
    }
  }
  return { bias: parameters[width] as number, coefficients: [...parameters.slice(0, width)] };
}

/** Mean negative log likelihood of what was seen. */
export function logLoss(fit: LogisticFit, observations: readonly Observation[]): number {
  const parameters = Float64Array.from([...fit.coefficients, fit.bias]);
  let loss = 0;
  let total = 0;
  for (const { features, right, weight } of observations) {
    const p = Math.min(1 - 1e-9, Math.max(1e-9, probability(parameters, features)));
    loss -= weight * Math.log(right ? p : 1 - p);
    total += weight;
  }
  return loss / total;
}

function probability(parameters: Float64Array, features: readonly number[]): number {
  let sum = parameters[features.length] as number;
  for (let index = 0; index < features.length; index++)
    sum += (parameters[index] as number) * (features[index] as number);
  return 1 / (1 + Math.exp(-sum));
}
