import { describe, expect, it } from 'vitest';
import type { ConfigurationChange, ConfigurationQuery, NewConfiguration, Store } from '../index.js';
import { PROJECT } from './samples.js';
import type { OpenStoreUnderTest } from './store-under-test.js';

/** What every ConfigurationStore must do. */
export function describeConfigurationStore(open: OpenStoreUnderTest): void {
  describe('ConfigurationStore', () => {
    describeSaving(open);
    describeUpdating(open);
    describeLists(open);
  });
}

function describeSaving(open: OpenStoreUnderTest): void {
  it('keeps a configuration as it was given', async () => {
    const { store } = await open();
    const configuration = makeConfiguration({ parameters: { rules: [{ type: 'ä' }], nested: { none: null } } });
    const saved = await store.configurations.save(configuration);
    expect(saved).toEqual({
      ...configuration,
      id: expect.stringMatching(/^cfg-[0-9a-f-]{36}$/),
      createdAt: saved.createdAt,
      updatedAt: saved.createdAt,
    });
    expect(await store.configurations.get(saved.id)).toEqual(saved);
    expect(await store.configurations.get(saved.id, PROJECT)).toEqual(saved);
    expect(await store.configurations.get(saved.id, 'another')).toBeUndefined();
    expect(await store.configurations.get('cfg-unknown')).toBeUndefined();
  });

  it('updates the one of the same project, product type and name', async () => {
    const { store } = await open();
    const first = await store.configurations.save(makeConfiguration());
    const second = await store.configurations.save(makeConfiguration({ parameters: { other: true } }));
    expect(second).toEqual({ ...first, parameters: { other: true }, updatedAt: second.updatedAt });
    expect(second.updatedAt > first.updatedAt).toBe(true);
    const others = [{ projectId: 'another' }, { productType: 'parse_v2' }, { name: 'another' }];
    for (const change of others) {
      expect((await store.configurations.save(makeConfiguration(change))).id).not.toBe(first.id);
    }
  });

  it('deletes', async () => {
    const { store } = await open();
    const { id } = await store.configurations.save(makeConfiguration());
    expect(await store.configurations.delete(id, 'another')).toBe(false);
    expect(await store.configurations.delete(id, PROJECT)).toBe(true);
    expect(await store.configurations.delete(id)).toBe(false);
    expect(await store.configurations.get(id)).toBeUndefined();
  });
}

function describeUpdating(open: OpenStoreUnderTest): void {
  const changes: readonly (readonly [string, ConfigurationChange])[] = [
    ['name', { name: 'new' }],
    ['parameters', { parameters: { new: 1 } }],
    ['nothing', {}],
    ['absent values', { name: undefined, parameters: undefined }],
  ];
  it.each(changes)('updates %s and moves updatedAt', async (_, change) => {
    const { store } = await open();
    const saved = await store.configurations.save(makeConfiguration());
    const update = await store.configurations.update(saved.id, change, PROJECT);
    const expected = { ...saved, name: change.name ?? saved.name, parameters: change.parameters ?? saved.parameters };
    if (update.outcome !== 'updated') throw new Error(update.outcome);
    expect(update.configuration).toEqual({ ...expected, updatedAt: update.configuration.updatedAt });
    expect(update.configuration.updatedAt > saved.updatedAt).toBe(true);
    expect(await store.configurations.get(saved.id)).toEqual(update.configuration);
  });

  it('refuses a name that another of the product type has', async () => {
    const { store } = await open();
    const saved = await store.configurations.save(makeConfiguration());
    await store.configurations.save(makeConfiguration({ name: 'taken' }));
    await store.configurations.save(makeConfiguration({ name: 'free', productType: 'parse_v2' }));
    const update = await store.configurations.update(saved.id, { name: 'taken', parameters: {} });
    expect(update).toEqual({ outcome: 'name_taken' });
    expect(await store.configurations.get(saved.id)).toEqual(saved);
    expect((await store.configurations.update(saved.id, { name: 'free' })).outcome).toBe('updated');
    expect((await store.configurations.update(saved.id, { name: 'free' })).outcome).toBe('updated');
  });

  it('knows none of another project', async () => {
    const { store } = await open();
    const { id } = await store.configurations.save(makeConfiguration());
    expect(await store.configurations.update(id, {}, 'another')).toEqual({ outcome: 'unknown' });
    expect(await store.configurations.update('cfg-unknown', {})).toEqual({ outcome: 'unknown' });
  });
}

function describeLists(open: OpenStoreUnderTest): void {
  it('lists the newest first by every filter, in parts', async () => {
    const { store } = await open();
    await store.configurations.save(makeConfiguration({ name: 'a' }));
    await store.configurations.save(makeConfiguration({ name: 'b' }));
    await store.configurations.save(makeConfiguration({ name: 'b', productType: 'parse_v2' }));
    await store.configurations.save(makeConfiguration({ name: 'c', productType: 'split_v1' }));
    await store.configurations.save(makeConfiguration({ name: 'a', projectId: 'another' }));
    const cases: readonly (readonly [Partial<ConfigurationQuery>, readonly string[]])[] = [
      [{}, ['c', 'b', 'b', 'a']],
      [{ name: 'b' }, ['b', 'b']],
      [{ productTypes: ['classify_v2'] }, ['b', 'a']],
      [{ productTypes: ['classify_v2', 'split_v1', 'unknown'] }, ['c', 'b', 'a']],
      [{ productTypes: ['parse_v2'], name: 'b' }, ['b']],
      [{ productTypes: [] }, []],
    ];
    for (const [query, names] of cases) {
      expect(await namesInParts(store, query), JSON.stringify(query)).toEqual(names);
      expect((await list(store, query)).total).toBe(names.length);
    }
  });
}

function makeConfiguration(change: Partial<NewConfiguration> = {}): NewConfiguration {
  return { projectId: PROJECT, name: 'intake', productType: 'classify_v2', parameters: { mode: 'FAST' }, ...change };
}

function list(store: Store, query: Partial<ConfigurationQuery>) {
  return store.configurations.list({ projectId: PROJECT, limit: 1, ...query });
}

async function namesInParts(store: Store, query: Partial<ConfigurationQuery>): Promise<string[]> {
  const names: string[] = [];
  let part = await list(store, query);
  names.push(...part.items.map(({ name }) => name));
  while (part.next !== undefined) {
    part = await list(store, { ...query, after: part.next });
    names.push(...part.items.map(({ name }) => name));
  }
  return names;
}
