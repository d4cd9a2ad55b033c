import { DocketError, type EmbeddingOverrides, type ImportOptions } from '@docket/core';

/** How token vectors become one. */
export const POOLINGS = ['mean', 'cls', 'last_token', 'none'] as const;

/** Flags of `docket models import`. */
export interface ImportFlags {
  readonly name?: string;
  readonly replace?: boolean;
  readonly variant?: string;
  readonly pooling?: (typeof POOLINGS)[number];
  readonly rulePrefix?: string;
  readonly passagePrefix?: string;
  readonly maxTokens?: string;
}

/** @throws DocketError `request.invalid_usage` */
export function importOptionsOf(flags: ImportFlags): Omit<ImportOptions, 'prepare'> {
  const { name, replace, variant } = flags;
  const embedding = overridesOf(flags);
  return {
    ...(name === undefined ? {} : { name }),
    ...(replace ? { replace } : {}),
    ...(variant === undefined ? {} : { variant }),
    ...(Object.keys(embedding).length === 0 ? {} : { embedding }),
  };
}

function overridesOf({ pooling, rulePrefix, passagePrefix, maxTokens }: ImportFlags): EmbeddingOverrides {
  const prefixes = {
    ...(rulePrefix === undefined ? {} : { rule: rulePrefix }),
    ...(passagePrefix === undefined ? {} : { passage: passagePrefix }),
  };
  return {
    ...(pooling === undefined ? {} : { pooling }),
    ...(Object.keys(prefixes).length === 0 ? {} : { prefixes }),
    ...(maxTokens === undefined ? {} : { maxTokens: tokensOf(maxTokens) }),
  };
}

const FEWEST_TOKENS = 16;

function tokensOf(text: string): number {
  const tokens = Number(text);
  if (Number.isInteger(tokens) && tokens >= FEWEST_TOKENS) return tokens;
  const message = `--max-tokens ${text} is not a window; give a whole number from ${FEWEST_TOKENS} on`;
  throw new DocketError('request.invalid_usage', message, { data: { field: 'max-tokens' } });
}
