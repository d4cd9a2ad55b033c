import { api, contentOf } from '../../api/api.js';
import type { components } from '../../api/schema.js';
import { configurationOf, type ParsingOptions, type Rule } from '../../rules/rule.js';

/** A saved configuration of the classify kind. */
export interface Preset {
  readonly id: string;
  readonly name: string;
  readonly updatedAt: string;
  readonly rules: readonly Rule[];
  readonly parsing: ParsingOptions;
}

type SavedConfiguration = components['schemas']['SavedConfiguration'];

const PAGE_SIZE = 1000;

/** All presets, as the server lists them. */
export async function listPresets(signal?: AbortSignal): Promise<Preset[]> {
  const presets: Preset[] = [];
  let token: string | null | undefined;
  do {
    const query = { product_type: ['classify_v2' as const], page_size: PAGE_SIZE, ...(token && { page_token: token }) };
    const options = { params: { query }, ...(signal && { signal }) };
    const page = await contentOf(api.GET('/api/v1/beta/configurations', options));
    presets.push(...page.items.flatMap((saved) => toPreset(saved) ?? []));
    token = page.next_page_token;
  } while (token);
  return presets;
}

/** The preset of this name, if there is one. */
export async function findPresetNamed(name: string): Promise<Preset | undefined> {
  return (await listPresets()).find((preset) => preset.name === name);
}

/** Saves a preset: anew, which goes over one of the same name, or over the one of this id. */
export async function savePreset(preset: Omit<Preset, 'id' | 'updatedAt'>, id?: string): Promise<Preset> {
  const parameters = { product_type: 'classify_v2' as const, ...configurationOf(preset.rules, preset.parsing) };
  const body = { name: preset.name, parameters };
  const saved = await contentOf(
    id === undefined
      ? api.POST('/api/v1/beta/configurations', { body })
      : api.PUT('/api/v1/beta/configurations/{configuration_id}', {
          params: { path: { configuration_id: id } },
          body,
        }),
  );
  const kept = toPreset(saved);
  if (!kept) throw new Error('the server answered with something else than a preset');
  return kept;
}

/** Deletes a preset. */
export async function deletePreset(id: string): Promise<void> {
  await api.DELETE('/api/v1/beta/configurations/{configuration_id}', {
    params: { path: { configuration_id: id } },
  });
}

function toPreset({ id, name, updated_at, parameters }: SavedConfiguration): Preset | undefined {
  if (parameters.product_type !== 'classify_v2') return undefined;
  return { id, name, updatedAt: updated_at, ...readConfiguration(parameters) };
}

/** Rules and options of a configuration, as the API answers it. */
export function readConfiguration(configuration: components['schemas']['ClassifyConfiguration']): {
  readonly rules: readonly Rule[];
  readonly parsing: ParsingOptions;
} {
  const { rules, parsing_configuration: parsing } = configuration;
  return {
    rules,
    parsing: {
      ...(parsing && parsing.lang !== 'en' && { lang: parsing.lang }),
      ...(parsing?.max_pages && { maxPages: parsing.max_pages }),
      ...(parsing?.target_pages && { targetPages: parsing.target_pages }),
    },
  };
}
