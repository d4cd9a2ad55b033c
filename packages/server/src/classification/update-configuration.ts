import { DocketError } from '@docket/core';
import type { SavedConfiguration } from '@docket/store';
import type { UpdateConfigurationBody } from '../schemas/saved-configuration.js';
import type { Services } from '../services.js';
import { found, notFound } from './scope.js';

/** A change of a saved configuration. */
export interface UpdateConfigurationRequest {
  readonly id: string;
  /** When given, configurations of other projects are unknown. */
  readonly projectId: string | undefined;
  readonly body: UpdateConfigurationBody;
}

/**
 * Changes a saved configuration; jobs that were made of it keep what they have.
 * @throws DocketError `resource.not_found`, `request.invalid_input` when its product type would change, `state.name_taken`
 */
export async function updateConfiguration(
  { store }: Services,
  { id, projectId, body }: UpdateConfigurationRequest,
): Promise<SavedConfiguration> {
  const before = found(await store.configurations.get(id, projectId), 'Configuration');
  const { name, parameters } = body;
  if (parameters && parameters.product_type !== before.productType) {
    const message = `The product type of a configuration cannot change from ${before.productType} to ${parameters.product_type}; save a new one`;
    throw new DocketError('request.invalid_input', message);
  }
  if (!name && !parameters) return before;
  const change = { name: name ?? undefined, parameters: parameters ?? undefined };
  const update = await store.configurations.update(id, change, projectId);
  if (update.outcome === 'updated') return update.configuration;
  if (update.outcome === 'unknown') throw notFound('Configuration');
  const message = `Another configuration of product type ${before.productType} has the name "${name}"`;
  throw new DocketError('state.name_taken', message);
}
