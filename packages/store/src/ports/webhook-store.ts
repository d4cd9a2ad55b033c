import type { Instant } from './instant.js';

/** How the body of a delivery is written: a JSON object, or a JSON string that holds one. */
export type WebhookFormat = 'json' | 'string';

/** Where something is delivered, and how. */
export interface WebhookEndpoint {
  readonly url: string;
  /** `name:port` of the URL as the standard writes it, without a default port: endpoints of one host share its patience. */
  readonly host: string;
  /** Sent along; the values may be secrets. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names of the events that are delivered; null: all of them. */
  readonly events: readonly string[] | null;
  readonly format: WebhookFormat;
  readonly secret: string | null;
}

/** An endpoint as it is saved, for jobs to name by its id. */
export interface NewWebhook extends WebhookEndpoint {
  readonly projectId: string;
}

/** A saved endpoint. */
export interface SavedWebhook extends NewWebhook {
  /** `whc-` and a UUID. */
  readonly id: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** What of a saved endpoint is to change; what is absent stays. */
export type WebhookChange = Partial<WebhookEndpoint>;

/**
 * Where the events of one job go, decided as the job is created. A saved endpoint is looked up anew for each event and each
 * attempt: changes of it hold at once, and nothing goes to one that was deleted.
 */
export type WebhookTarget =
  | {
      /** Whether the server may deliver there; what it may not is kept, and never becomes a delivery. */
      readonly isAllowed: boolean;
      readonly endpoint: WebhookEndpoint;
    }
  | { readonly isAllowed: boolean; readonly webhookId: string };

/** Saved endpoints of webhooks. */
export interface WebhookStore {
  create(webhook: NewWebhook): Promise<SavedWebhook>;
  /** @param projectId When given, endpoints of other projects are unknown; so for all methods below */
  get(id: string, projectId?: string): Promise<SavedWebhook | undefined>;
  /** All of a project, newest first. */
  list(projectId: string): Promise<readonly SavedWebhook[]>;
  /** @param change What to change, or what makes that of the state before; nobody changes it in between. What it throws is thrown */
  update(
    id: string,
    change: WebhookChange | ((before: SavedWebhook) => WebhookChange),
    projectId?: string,
  ): Promise<SavedWebhook | undefined>;
  /** @returns Whether there was one */
  delete(id: string, projectId?: string): Promise<boolean>;
}
