import type { LlamaCloud } from 'llama-cloud-2-16';
import { describe, expect, test } from 'vitest';
import { newProject } from '../stage.js';

const SECRET = 'whsec_aGlkZGVuIHNlY3JldA==';

/** Saved webhook configurations, as the client knows them. */
export function declareWebhooksFlow(client: () => LlamaCloud): void {
  describe('webhookConfigs', () => {
    test('are saved, found, changed and deleted; the secret is never told', async () => {
      const scope = { project_id: newProject(), organization_id: crypto.randomUUID() };
      const webhook = {
        webhook_url: 'https://hooks.example/classified',
        webhook_events: ['classify.success' as const],
        webhook_headers: { 'X-Tenant': 'seven' },
        webhook_output_format: 'json' as const,
      };
      const saved = await client().webhookConfigs.create({ ...webhook, webhook_signing_secret: SECRET, ...scope });
      expect(saved).toMatchObject({
        ...webhook,
        has_secret: true,
        tenant_id: scope.project_id,
        tenant_type: 'project',
      });
      expect(JSON.stringify(saved)).not.toContain(SECRET);
      expect(await client().webhookConfigs.list(scope)).toEqual([saved]);
      expect(await client().webhookConfigs.retrieve(saved.id, scope)).toEqual(saved);
      const change = { ...webhook, webhook_url: 'https://hooks.example/new', webhook_headers: { 'X-Tenant': 'eight' } };
      const changed = await client().webhookConfigs.update(saved.id, {
        ...change,
        webhook_signing_secret: 's',
        ...scope,
      });
      expect(changed).toMatchObject({ ...change, id: saved.id, has_secret: true });
      await client().webhookConfigs.delete(saved.id, scope);
      expect(await client().webhookConfigs.list(scope)).toEqual([]);
      await expect(client().webhookConfigs.retrieve(saved.id)).rejects.toMatchObject({ status: 404 });
      await expect(client().webhookConfigs.create({ ...webhook, webhook_events: [] })).rejects.toMatchObject({
        status: 422,
      });
    });
  });
}
