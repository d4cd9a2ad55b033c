import type { LlamaCloud as LlamaCloud16 } from 'llama-cloud-1-6';
import type { LlamaCloud as LlamaCloud24 } from 'llama-cloud-2-4';
import type { LlamaCloud as LlamaCloud216 } from 'llama-cloud-2-16';
import { describe, expect, test } from 'vitest';

/** Projects, as every version of the client knows them. */
export function declareProjectsFlow(client: () => LlamaCloud16 | LlamaCloud24 | LlamaCloud216): void {
  describe('projects', () => {
    test('are one, the default', async () => {
      const organization_id = crypto.randomUUID();
      const projects = await client().projects.list({ organization_id });
      expect(projects).toMatchObject([{ name: 'Default', is_default: true }]);
      const id = projects[0]?.id ?? '';
      expect(await client().projects.get(id, { organization_id })).toEqual(projects[0]);
    });

    test('come with the response itself, for those who want it', async () => {
      const { data, response } = await client().projects.list().withResponse();
      expect([data.length, response.status]).toEqual([1, 200]);
      expect(response.headers.get('x-request-id')).toMatch(/\S/);
      expect(await (await client().projects.list().asResponse()).json()).toEqual(data);
    });

    test('are found by name', async () => {
      expect(await client().projects.list({ project_name: 'Default' })).toHaveLength(1);
      expect(await client().projects.list({ project_name: 'Other' })).toEqual([]);
    });

    test('are not found when they are unknown', async () => {
      await expect(client().projects.get(crypto.randomUUID())).rejects.toMatchObject({ status: 404 });
    });
  });
}
