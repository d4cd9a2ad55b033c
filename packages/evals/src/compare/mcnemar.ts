import { binomialDistribution, errorFunction } from 'simple-statistics';

/** A comparison of two answers to the same documents. */
export interface McNemar {
  /** Documents that only the first run had right, and only the second. */
  readonly onlyBefore: number;
  readonly onlyAfter: number;
  /** Two-sided: how often chance alone gives so uneven a split. 1 without discordant documents. */
  readonly pValue: number;
  readonly method: 'exact' | 'chi-squared';
}

/** From so many discordant documents on, the approximation is good enough. */
const FEW = 25;

/**
 * McNemar's test (1947): exact by the binomial distribution for few discordant documents, else by chi-squared with one degree
 * of freedom and Edwards' correction (1948).
 */
export function mcNemar(onlyBefore: number, onlyAfter: number): McNemar {
  const discordant = onlyBefore + onlyAfter;
  if (discordant === 0) return { onlyBefore, onlyAfter, pValue: 1, method: 'exact' };
  if (discordant < FEW) {
    const chances = binomialDistribution(discordant, 0.5) ?? [];
    const tail = chances.slice(0, Math.min(onlyBefore, onlyAfter) + 1).reduce((sum, chance) => sum + chance, 0);
    return { onlyBefore, onlyAfter, pValue: Math.min(1, 2 * tail), method: 'exact' };
  }
  const chiSquared = Math.max(0, Math.abs(onlyBefore - onlyAfter) - 1) ** 2 / discordant;
  // With one degree of freedom, chi-squared is the square of a standard normal. The error of erf is below 1.2e-7.
  const pValue = 1 - errorFunction(Math.sqrt(chiSquared / 2));
  return { onlyBefore, onlyAfter, pValue, method: 'chi-squared' };
}
