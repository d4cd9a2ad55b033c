import { type CompiledKnowledge, type CompiledType, loadConfiguration, loadEngine } from '@docket/core';
import type { Shell } from '../shell.js';

/**
 * Loads what is known of document types.
 * @param folder As `--knowledge` gives it; `undefined`: what is configured
 * @throws DocketError `model.*`, `request.invalid_configuration`
 */
export async function loadDoctypes(folder: string | undefined, shell: Shell): Promise<CompiledKnowledge> {
  const sources = { flags: { knowledge: folder }, environment: shell.env, folder: shell.folder };
  const { values } = await loadConfiguration(sources);
  const { knowledge } = await loadEngine({ scorer: 'evidence', knowledge: values.knowledge });
  return knowledge;
}

/** Languages that a type has cues in, in the order in which the knowledge lists them. */
export function languagesOf({ cues }: CompiledType, { languages }: CompiledKnowledge): readonly string[] {
  const own = new Set(cues.flatMap((cue) => cue.languages));
  return languages.filter((language) => own.has(language));
}
