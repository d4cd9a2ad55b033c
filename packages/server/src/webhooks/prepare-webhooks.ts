import type { Store } from '@docket/store';
import type { Webhooks } from '../services.js';
import { Courier, type CourierOptions } from './courier.js';
import { HostResolver, type LookUp } from './resolve-host.js';
import { WebhookHosts } from './webhook-hosts.js';

/** What webhooks are started with. */
export interface WebhookOptions extends Omit<CourierOptions, 'resolver' | 'isAlone'> {
  readonly store: Pick<Store, 'deliveries' | 'clock' | 'cluster'>;
  /** For tests. */
  readonly lookUp?: LookUp;
}

/** Webhooks that are being delivered. */
export interface RunningWebhooks extends Webhooks {
  /** Lets attempts come to their end, or gives them back when they take too long. */
  stop(): Promise<void>;
}

/**
 * Makes ready to deliver the events of jobs. Loaded only where a host is allowed: but for PostgreSQL, nothing else in the server
 * opens a connection.
 * @param allow The setting `webhook.allow`
 * @returns Starts it
 * @throws DocketError `request.invalid_configuration`
 */
export function prepareWebhooks(allow: string): (options: WebhookOptions) => RunningWebhooks {
  const hosts = WebhookHosts.parse(allow);
  return ({ lookUp, ...options }) => {
    const { cluster } = options.store;
    const resolver = new HostResolver(hosts, lookUp);
    const courier = new Courier({ ...options, resolver, isAlone: cluster === undefined });
    const stopListening = cluster?.listen({ delivery: () => courier.wake() });
    return {
      allows: (url) => URL.canParse(url) && hosts.allowsUrl(new URL(url)),
      wake: () => courier.wake(),
      stop: async () => {
        stopListening?.();
        await courier.stop();
      },
    };
  };
}
