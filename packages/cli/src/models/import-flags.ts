import { DocketError, type EmbeddingOverrides, type ImportOptions } from '@docket/core';
import { Option } from 'commander';

const POOLINGS = ['mean', 'cls', 'last_token', 'none'] as const;

/** Flags that say how a model is used, where its files do not. */
export interface EmbeddingFlags {
  readonly pooling?: (typeof POOLINGS)[number];
  readonly rulePrefix?: string;
  readonly passagePrefix?: string;
  readonly maxTokens?: string;
}

/** Flags of `docket models import`. */
export interface ImportFlags extends EmbeddingFlags {
  readonly name?: string;
  readonly replace?: boolean;
  readonly variant?: string;
}

/** The options behind {@link EmbeddingFlags}. */
export function embeddingFlags(): Option[] {
  return [
    new Option('--pooling <pooling>', 'how token vectors become one').choices(POOLINGS),
    new Option('--rule-prefix <text>', 'what the model wants before a rule'),
    new Option('--passage-prefix <text>', 'what the model wants before a passage'),
    new Option('--max-tokens <count>', 'window of the model, in tokens'),
  ];
}

/** @throws DocketError `request.invalid_usage` */
export function importOptionsOf(flags: ImportFlags): Omit<ImportOptions, 'prepare'> {
  const { name, replace, variant } = flags;
  const embedding = embeddingOf(flags);
  return {
    ...(name === undefined ? {} : { name }),
    ...(replace ? { replace } : {}),
    ...(variant === undefined ? {} : { variant }),
    ...(Object.keys(embedding).length === 0 ? {} : { embedding }),
  };
}

/** @throws DocketError `request.invalid_usage` */
export function embeddingOf({ pooling, rulePrefix, passagePrefix, maxTokens }: EmbeddingFlags): EmbeddingOverrides {
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
