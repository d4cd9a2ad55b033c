import { describe, expect, it } from 'vitest';
import { makeEndpoint } from './delivery-samples.js';
import { PROJECT } from './samples.js';
import type { OpenStoreUnderTest } from './store-under-test.js';

/** The contract of saved endpoints of webhooks. */
export function describeWebhookStore(open: OpenStoreUnderTest): void {
  describe('WebhookStore', () => {
    it('keeps what it is given, and changes what it is told to', async () => {
      const { store } = await open();
      const webhook = { ...makeEndpoint({ events: ['classify.success'] }), projectId: PROJECT };
      const saved = await store.webhooks.create(webhook);
      expect(saved).toEqual({
        ...webhook,
        id: expect.stringMatching(/^whc-[\da-f-]{36}$/),
        createdAt: saved.updatedAt,
        updatedAt: saved.updatedAt,
      });
      expect(await store.webhooks.get(saved.id, PROJECT)).toEqual(saved);
      const change = { headers: {}, events: null, secret: null, format: 'string' } as const;
      const changed = await store.webhooks.update(saved.id, change);
      expect(changed).toEqual({ ...saved, ...change, updatedAt: changed?.updatedAt });
      expect((changed?.updatedAt ?? '') > saved.updatedAt).toBe(true);
      expect(await store.webhooks.get(saved.id)).toEqual(changed);
    });

    it('changes by what was there at that moment, or not at all', async () => {
      const { store } = await open();
      const saved = await store.webhooks.create({ ...makeEndpoint({ headers: {} }), projectId: PROJECT });
      const add = (name: string) =>
        store.webhooks.update(saved.id, ({ headers }) => ({ headers: { ...headers, [name]: 'there' } }));
      await Promise.all(['a', 'b', 'c'].map(add));
      const fail = () => {
        throw new Error('wrong');
      };
      await expect(store.webhooks.update(saved.id, fail)).rejects.toThrow('wrong');
      const { headers } = (await store.webhooks.get(saved.id)) ?? saved;
      expect(headers).toEqual({ a: 'there', b: 'there', c: 'there' });
    });

    it('lists those of a project, newest first, and knows none of another', async () => {
      const { store } = await open();
      const webhook = { ...makeEndpoint(), projectId: PROJECT };
      const first = await store.webhooks.create(webhook);
      const second = await store.webhooks.create(webhook);
      await store.webhooks.create({ ...webhook, projectId: 'other' });
      expect(await store.webhooks.list(PROJECT)).toEqual([second, first]);
      expect(await store.webhooks.get(first.id, 'other')).toBeUndefined();
      expect(await store.webhooks.update(first.id, { events: [] }, 'other')).toBeUndefined();
      expect(await store.webhooks.delete(first.id, 'other')).toBe(false);
      expect(await store.webhooks.delete(first.id, PROJECT)).toBe(true);
      expect(await store.webhooks.delete(first.id)).toBe(false);
      expect(await store.webhooks.list(PROJECT)).toEqual([second]);
    });
  });
}
