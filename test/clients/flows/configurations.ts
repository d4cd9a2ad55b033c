import type { LlamaCloud as LlamaCloud24 } from 'llama-cloud-2-4';
import type { LlamaCloud as LlamaCloud216 } from 'llama-cloud-2-16';
import { beforeAll, describe, expect, test } from 'vitest';
import { collect, newProject, RULES } from '../stage.js';

const PRODUCT = 'classify_v2';
const parameters = { product_type: PRODUCT, rules: RULES } as const;
const parsing_configuration = { lang: 'de', max_pages: 3, target_pages: '1-2' };

/** Saved configurations, as the clients since 2.0 know them. */
export function declareConfigurationsFlow(client: () => LlamaCloud24 | LlamaCloud216): void {
  describe('configurations.create', () => {
    test('fills in the defaults', async () => {
      const saved = await client().configurations.create({ name: 'Intake', parameters, project_id: newProject() });
      const expected = { ...parameters, mode: 'FAST', parsing_configuration: null };
      expect(saved).toMatchObject({ name: 'Intake', product_type: PRODUCT, parameters: expected });
      expect(saved.version).toBe(saved.updated_at);
    });

    test('keeps what was given', async () => {
      const given = { ...parameters, mode: 'FAST', parsing_configuration } as const;
      const saved = await client().configurations.create({ name: 'Given', parameters: given, organization_id: 'any' });
      expect(saved.parameters).toEqual(given);
    });

    test('updates the one of that name, which keeps its id', async () => {
      const project_id = newProject();
      const rules = RULES.slice(0, 1);
      const first = await client().configurations.create({ name: 'Intake', parameters, project_id });
      const second = await client().configurations.create({
        name: 'Intake',
        parameters: { ...parameters, rules },
        project_id,
      });
      expect(second).toMatchObject({ id: first.id, created_at: first.created_at, parameters: { rules } });
      expect(second.version > first.version).toBe(true);
      expect(await collect(client().configurations.list({ project_id }))).toEqual([second]);
      const elsewhere = await client().configurations.create({ name: 'Intake', parameters, project_id: newProject() });
      expect(elsewhere.id).not.toBe(first.id);
    });

    test.each([
      { product_type: 'parse_v2', tier: 'fast', version: 'latest' },
      { product_type: 'extract_v2', data_schema: { type: 'object', properties: {} } },
      { product_type: 'unknown', whatever: [1, { deep: null }] },
    ] as const)('stores $product_type as it is given', async (given) => {
      const saved = await client().configurations.create({ name: 'Other', parameters: given });
      expect(saved).toMatchObject({ product_type: given.product_type, parameters: given });
    });
  });

  describe('a project with saved configurations', () => {
    const project_id = newProject();
    const names = ['one', 'two', 'three', 'four', 'five'];

    beforeAll(async () => {
      for (const name of names)
        await client().configurations.create({
          name,
          parameters: { ...parameters, parsing_configuration },
          project_id,
        });
      await client().configurations.create({ name: 'one', parameters: { product_type: 'unknown' }, project_id });
    });

    const list = async (query: object) => {
      const found = await collect(client().configurations.list({ project_id, ...query }));
      return found.map(({ name, product_type }) => `${name} ${product_type}`);
    };

    test('is listed page by page, newest first', async () => {
      const expected = ['one unknown', ...[...names].reverse().map((name) => `${name} ${PRODUCT}`)];
      expect(await list({ page_size: 2, organization_id: crypto.randomUUID() })).toEqual(expected);
    });

    test('is filtered by name and product type', async () => {
      expect(await list({ name: 'one' })).toEqual(['one unknown', `one ${PRODUCT}`]);
      expect(await list({ product_type: ['unknown'] })).toEqual(['one unknown']);
      expect(await list({ product_type: ['unknown', PRODUCT], name: 'two' })).toEqual([`two ${PRODUCT}`]);
      expect(await list({ product_type: ['parse_v2'] })).toEqual([]);
      expect(await list({ name: null, product_type: null })).toHaveLength(6);
    });

    test('has one version of each, the latest', async () => {
      expect(await list({ latest_only: true })).toEqual(await list({ latest_only: false }));
    });
  });

  describe('a saved configuration', () => {
    const save = (project_id: string, name = 'Intake') =>
      client().configurations.create({ name, parameters: { ...parameters, parsing_configuration }, project_id });

    test('is retrieved', async () => {
      const project_id = newProject();
      const saved = await save(project_id);
      expect(await client().configurations.retrieve(saved.id, { project_id, organization_id: 'any' })).toEqual(saved);
      const elsewhere = client().configurations.retrieve(saved.id, { project_id: newProject() });
      await expect(elsewhere).rejects.toMatchObject({ status: 404, error: { detail: 'Configuration not found' } });
    });

    test('is updated in what is named alone', async () => {
      const project_id = newProject();
      const { id, version } = await save(project_id);
      const update = (change: object) =>
        client().configurations.update(id, { project_id, organization_id: 'any', ...change });
      const renamed = await update({ name: 'Renamed', parameters: null });
      expect(renamed).toMatchObject({ id, name: 'Renamed', parameters: { rules: RULES } });
      expect(renamed.version > version).toBe(true);
      const parsing_configuration = { lang: 'en', max_pages: 5, target_pages: '1,3' };
      const rules = RULES.slice(1);
      const changed = await update({
        parameters: { product_type: PRODUCT, rules, mode: 'FAST', parsing_configuration },
      });
      expect(changed).toMatchObject({ name: 'Renamed', parameters: { rules, parsing_configuration } });
      expect(await update({})).toMatchObject({ id, name: 'Renamed', parameters: { rules } });
    });

    test('stays of its product type', async () => {
      const { id } = await save(newProject());
      const parameters = { product_type: 'unknown' } as const;
      await expect(client().configurations.update(id, { parameters })).rejects.toMatchObject({ status: 400 });
    });

    test('does not take the name of another', async () => {
      const project_id = newProject();
      const { id } = await save(project_id);
      await save(project_id, 'Taken');
      const renamed = client().configurations.update(id, { name: 'Taken', project_id });
      await expect(renamed).rejects.toMatchObject({ status: 409 });
    });

    test('is gone once it was deleted', async () => {
      const project_id = newProject();
      const { id } = await save(project_id);
      expect(await client().configurations.delete(id, { project_id, organization_id: 'any' })).toBeNull();
      await expect(client().configurations.retrieve(id)).rejects.toMatchObject({ status: 404 });
      await expect(client().configurations.delete(id)).rejects.toMatchObject({ status: 404 });
      await expect(client().configurations.update(id, {})).rejects.toMatchObject({ status: 404 });
    });
  });
}
