import type { LlamaCloud as LlamaCloud16 } from 'llama-cloud-1-6';
import type { LlamaCloud as LlamaCloud24 } from 'llama-cloud-2-4';
import type { LlamaCloud as LlamaCloud216 } from 'llama-cloud-2-16';
import { beforeAll, describe, expect, test } from 'vitest';
import { collect, documentBytes, documentFile, documentStream, newProject } from '../stage.js';

/** Ways in which the versions differ. */
export interface FilesFlow {
  readonly client: () => LlamaCloud16 | LlamaCloud24 | LlamaCloud216;
  readonly toFile: (bytes: Buffer, name: string) => Promise<File>;
  /** Asks for the address of the bytes. */
  readonly locate: (
    fileId: string,
    query: { expires_at_seconds?: number; project_id?: string; organization_id?: string },
  ) => PromiseLike<Located>;
}

interface Located {
  readonly url: string;
  readonly expires_at: string;
}

/** Files, as every version of the client knows them. */
export function declareFilesFlow({ client, toFile, locate }: FilesFlow): void {
  describe('files.create', () => {
    test('takes a buffer', async () => {
      const project_id = newProject();
      const bytes = documentBytes('invoice-1p.pdf');
      const file = await client().files.create({
        file: await toFile(bytes, 'invoice-1p.pdf'),
        purpose: 'classify',
        external_file_id: 'intake-1',
        project_id,
        organization_id: crypto.randomUUID(),
      });
      const expected = { name: 'invoice-1p.pdf', file_type: 'pdf', purpose: 'classify', project_id };
      expect(file).toMatchObject({ ...expected, external_file_id: 'intake-1', expires_at: null });
      expect(file.id).toMatch(/^dfl-/);
    });

    test('takes a read stream, under its base name', async () => {
      const file = await client().files.create({ file: documentStream('recipe.html'), purpose: 'user_data' });
      expect(file).toMatchObject({ name: 'recipe.html', file_type: 'html', purpose: 'user_data' });
    });

    test('takes a File', async () => {
      const file = await client().files.create({ file: documentFile('minutes.txt'), purpose: 'purpose' });
      expect(file).toMatchObject({ name: 'minutes.txt', file_type: 'txt', purpose: 'purpose', external_file_id: null });
    });

    test.each(['Rechnung für März.pdf', '发票 2026.pdf', 'café (No. 5; copy).pdf', '🧾.pdf'])(
      'keeps the name %s',
      async (name) => {
        const file = await client().files.create({ file: documentFile('invoice-1p.pdf', name), purpose: 'classify' });
        expect(file.name).toBe(name);
      },
    );

    test('makes a file of its own of every upload', async () => {
      const upload = () => client().files.create({ file: documentFile('invoice-1p.pdf'), purpose: 'classify' });
      expect((await upload()).id).not.toBe((await upload()).id);
    });
  });

  describe('a project with five files', () => {
    const project_id = newProject();
    const names = ['b.txt', 'e.txt', 'a.txt', 'd.txt', 'c.txt'];
    let ids: string[] = [];
    const idsOf = (...wanted: string[]) => wanted.map((name) => ids[names.indexOf(name)]);

    beforeAll(async () => {
      ids = [];
      for (const [at, name] of names.entries()) {
        const file = documentFile('minutes.txt', name);
        const made = await client().files.create({ file, purpose: 'x', external_file_id: `no-${at}`, project_id });
        ids.push(made.id);
      }
    });

    test('is listed page by page, newest first', async () => {
      const page = await client().files.list({ project_id, page_size: 2 });
      expect([page.items.length, page.hasNextPage()]).toEqual([2, true]);
      const all = await collect(
        client().files.list({ project_id, page_size: 2, organization_id: crypto.randomUUID() }),
      );
      expect(all.map(({ id }) => id)).toEqual([...ids].reverse());
    });

    test.each([
      ['name', 'a.txt b.txt c.txt d.txt e.txt'],
      ['created_at', 'c.txt d.txt a.txt e.txt b.txt'],
      ['created_at desc', 'c.txt d.txt a.txt e.txt b.txt'],
    ])('is listed in the order of %s', async (order_by, expected) => {
      const all = await collect(client().files.list({ project_id, order_by, page_size: 2 }));
      expect(all.map(({ name }) => name).join(' ')).toBe(expected);
    });

    test('is listed in the order of ids', async () => {
      const all = await collect(client().files.list({ project_id, order_by: 'id', page_size: 3 }));
      expect(all.map(({ id }) => id)).toEqual([...ids].sort());
    });

    test('is filtered by name, ids and external id', async () => {
      const list = async (query: object) =>
        (await collect(client().files.list({ project_id, ...query }))).map(({ id }) => id);
      expect(await list({ file_name: 'd.txt' })).toEqual(idsOf('d.txt'));
      expect(await list({ file_ids: [...idsOf('a.txt', 'e.txt'), 'dfl-unknown'] })).toEqual(idsOf('a.txt', 'e.txt'));
      expect(await list({ external_file_id: 'no-4' })).toEqual(idsOf('c.txt'));
      expect(await list({ file_name: 'd.txt', external_file_id: 'no-4' })).toEqual([]);
    });

    test('is listed whole when the filters are null', async () => {
      const nothing = { file_name: null, file_ids: null, external_file_id: null, order_by: null };
      expect(await collect(client().files.list({ project_id, ...nothing }))).toHaveLength(5);
    });

    test('is queried', async () => {
      const filter = { project_id, file_ids: idsOf('a.txt', 'b.txt').map(String), only_manually_uploaded: true };
      const first = await client().files.query({ filter, order_by: 'name', page_size: 1 });
      expect(first).toMatchObject({ items: [{ name: 'a.txt' }], total_size: 2 });
      const { next_page_token: page_token = null } = first;
      const second = await client().files.query({ filter, order_by: 'name', page_size: 1, page_token });
      expect(second).toMatchObject({ items: [{ name: 'b.txt' }], next_page_token: null });
      const query = (filter: object) =>
        client().files.query({ filter, project_id, organization_id: crypto.randomUUID(), page_size: 5000 });
      expect((await query({ file_name: 'e.txt' })).items.map(({ id }) => id)).toEqual(idsOf('e.txt'));
      expect((await query({ external_file_id: 'no-0' })).items.map(({ id }) => id)).toEqual(idsOf('b.txt'));
      expect((await query({ data_source_id: crypto.randomUUID() })).items).toEqual([]);
    });
  });

  describe('a file', () => {
    test('is downloaded from an address that needs no key', async () => {
      const bytes = documentBytes('contract-3p.pdf');
      const name = 'Vertrag für März.pdf';
      const project_id = newProject();
      const { id } = await client().files.create({ file: await toFile(bytes, name), purpose: 'classify', project_id });
      const { url, expires_at } = await locate(id, { expires_at_seconds: 120, project_id, organization_id: 'any' });
      const leftMs = Date.parse(expires_at) - Date.now();
      expect(leftMs).toBeGreaterThan(60_000);
      expect(leftMs).toBeLessThanOrEqual(120_000);
      const response = await fetch(url);
      expect(response.headers.get('content-type')).toBe('application/pdf');
      expect(response.headers.get('content-disposition')).toContain(encodeURIComponent(name));
      expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    });

    test('is gone once it was deleted', async () => {
      const project_id = newProject();
      const { id } = await client().files.create({ file: documentFile('minutes.txt'), purpose: 'x', project_id });
      expect(await client().files.delete(id, { project_id, organization_id: crypto.randomUUID() })).toBeNull();
      expect(await collect(client().files.list({ project_id }))).toEqual([]);
      await expect(client().files.delete(id)).rejects.toMatchObject({ status: 404 });
      await expect(locate(id, {})).rejects.toMatchObject({ status: 404, error: { detail: 'File not found' } });
    });

    test('is refused when it is empty', async () => {
      const file = new File([], 'empty.pdf');
      await expect(client().files.create({ file, purpose: 'x' })).rejects.toMatchObject({ status: 400 });
    });
  });
}
