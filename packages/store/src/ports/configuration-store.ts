import type { Instant } from './instant.js';
import type { ListPart, ListWindow } from './listing.js';

/** A configuration as it is saved. */
export interface NewConfiguration {
  readonly projectId: string;
  readonly name: string;
  readonly productType: string;
  /** Plain data; what it must be is the caller's concern. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A saved configuration. One per project, product type and name. */
export interface SavedConfiguration extends NewConfiguration {
  /** `cfg-` and a UUID. */
  readonly id: string;
  readonly createdAt: Instant;
  /** Also its version: it changes with every update. */
  readonly updatedAt: Instant;
}

/** Which configurations to list; conditions are joined by AND. */
export interface ConfigurationQuery extends ListWindow {
  readonly projectId: string;
  readonly productTypes?: readonly string[] | undefined;
  readonly name?: string | undefined;
}

/** What of a configuration is to change; what is absent stays. */
export interface ConfigurationChange {
  readonly name?: string | undefined;
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
}

/** What became of an update. */
export type ConfigurationUpdate =
  | { readonly outcome: 'updated'; readonly configuration: SavedConfiguration }
  /** Another configuration of this product type has the name. */
  | { readonly outcome: 'name_taken' }
  | { readonly outcome: 'unknown' };

/** Saved configurations. */
export interface ConfigurationStore {
  /** Saves a configuration; one of the same project, product type and name is updated and keeps its id. */
  save(configuration: NewConfiguration): Promise<SavedConfiguration>;
  /** @param projectId When given, configurations of other projects are unknown; so for all methods below */
  get(id: string, projectId?: string): Promise<SavedConfiguration | undefined>;
  /** Newest first. */
  list(query: ConfigurationQuery): Promise<ListPart<SavedConfiguration>>;
  update(id: string, change: ConfigurationChange, projectId?: string): Promise<ConfigurationUpdate>;
  /** @returns Whether there was one */
  delete(id: string, projectId?: string): Promise<boolean>;
}
