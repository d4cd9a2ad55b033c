import { transformersRemedy } from '@docket/core';
import { versionOfCoreDependency } from './versions.js';

/**
 * Version of the optional dependency. Its absence is a fault only for the scorers that need it, which say so themselves.
 * @param versionOf for tests
 */
export function describeTransformers(versionOf: (name: string) => string = versionOfCoreDependency): string {
  try {
    return versionOf('@xenova/transformers');
  } catch {
    return `not installed; only embedding and zero-shot need it: ${transformersRemedy()}`;
  }
}
