import type { LlamaCloud as LlamaCloud24 } from 'llama-cloud-2-4';
import type { LlamaCloud as LlamaCloud216 } from 'llama-cloud-2-16';
import { beforeAll, describe, expect, test } from 'vitest';
import { collect, documentFile, EAGER, newProject, RULES, rejection } from '../stage.js';

type Job = Awaited<ReturnType<LlamaCloud24['classify']['get']>> | Awaited<ReturnType<LlamaCloud216['classify']['get']>>;

/** Lists of jobs with paging and every filter, as the clients since 2.0 know them. */
export function declareClassifyListsFlow(client: () => LlamaCloud24 | LlamaCloud216): void {
  describe('a project with seven jobs', () => {
    const project_id = newProject();
    const configuration = { rules: RULES, parsing_configuration: { max_pages: 1, target_pages: '1' } };
    let jobs: Job[] = [];
    let preset = '';

    beforeAll(async () => {
      const upload = async (name: string) => {
        const file = documentFile(name);
        return (await client().files.create({ file, purpose: 'classify', project_id })).id;
      };
      const files = [await upload('invoice-1p.pdf'), await upload('encrypted-letter.pdf'), await upload('recipe.html')];
      const parameters = { product_type: 'classify_v2', ...configuration } as const;
      preset = (await client().configurations.create({ name: 'Preset', parameters, project_id })).id;
      const ids: string[] = [];
      for (let count = 0; count < 7; count++) {
        const source = count < 2 ? { configuration_id: preset } : { configuration, transaction_id: `no-${count}` };
        const file_input = files[count % files.length] ?? '';
        ids.push((await client().classify.create({ file_input, ...source, project_id })).id);
      }
      jobs = [];
      for (const id of ids) {
        // The encrypted ones fail.
        await client()
          .classify.waitForCompletion(id, { project_id }, EAGER)
          .catch(() => {});
        jobs.unshift(await client().classify.get(id));
      }
    });

    const list = async (query: object): Promise<Job[]> => collect(client().classify.list({ project_id, ...query }));

    test('is listed page by page, newest first', async () => {
      const page = await client().classify.list({ project_id, page_size: 3 });
      expect([page.items.length, page.hasNextPage()]).toEqual([3, true]);
      expect(await list({ page_size: 3, organization_id: crypto.randomUUID() })).toEqual(jobs);
      expect(await list({ page_size: 7 })).toEqual(jobs);
      expect(await list({})).toEqual(jobs);
    });

    test('neither shifts nor repeats jobs when one is added while a client pages', async () => {
      const first = await client().classify.list({ project_id, page_size: 3 });
      const [source] = jobs;
      const file_input = source?.file_input ?? '';
      const added = await client().classify.run({ file_input, configuration, project_id }, EAGER);
      const second = await first.getNextPage();
      expect([...first.items, ...second.items]).toEqual(jobs.slice(0, 6));
      jobs.unshift(added);
    });

    test('is filtered by status', async () => {
      const of = (status: string) => jobs.filter((job) => job.status === status);
      expect(of('FAILED')).toHaveLength(2);
      for (const status of ['COMPLETED', 'FAILED', 'PENDING', 'RUNNING']) {
        expect(await list({ status, page_size: 2 })).toEqual(of(status));
      }
    });

    test('is filtered by configuration', async () => {
      const expected = jobs.filter((job) => job.configuration_id === preset);
      expect(expected).toHaveLength(2);
      expect(await list({ configuration_id: preset, page_size: 1 })).toEqual(expected);
      expect(await list({ configuration_id: 'cfg-unknown' })).toEqual([]);
    });

    test('is filtered by ids', async () => {
      const [newest, , third] = jobs;
      expect(await list({ job_ids: [third?.id, 'clj-unknown', newest?.id] })).toEqual([newest, third]);
      expect(await list({ job_ids: [third?.id], page_size: 1 })).toEqual([third]);
      expect(await client().classify.list({ job_ids: [String(third?.id)], project_id: newProject() })).toMatchObject({
        items: [],
      });
    });

    test('is filtered by moments of creation, both inclusive', async () => {
      const from = jobs[4]?.created_at;
      const to = jobs[2]?.created_at;
      const within = { created_at_on_or_after: from, created_at_on_or_before: to };
      expect(await list(within)).toEqual(jobs.slice(2, 5));
      expect(await list({ ...within, page_size: 2 })).toEqual(jobs.slice(2, 5));
      expect(await list({ created_at_on_or_after: '2019-12-27T18:11:19.117Z' })).toEqual(jobs);
      expect(await list({ created_at_on_or_before: '2019-12-27' })).toEqual([]);
      expect(await list({ created_at_on_or_before: '2019-12-27T18:11:19.117000+02:00' })).toEqual([]);
    });

    test('is filtered by all of them together', async () => {
      const [first] = jobs.filter(
        ({ configuration_id, status }) => configuration_id === preset && status === 'COMPLETED',
      );
      const filters = { status: 'COMPLETED', configuration_id: preset, job_ids: jobs.map(({ id }) => id) };
      expect(await list({ ...filters, created_at_on_or_before: first?.created_at })).toEqual([first]);
    });

    test('is listed whole when the filters are null', async () => {
      const nothing = { status: null, configuration_id: null, job_ids: null };
      const moments = { created_at_on_or_after: null, created_at_on_or_before: null, organization_id: null };
      expect(await list({ ...nothing, ...moments })).toEqual(jobs);
    });

    test('refuses a token that it did not give', async () => {
      const error = await rejection(client().classify.list({ project_id, page_token: 'nonsense' }));
      expect(error).toMatchObject({ status: 400, error: { detail: 'Invalid page token' } });
    });
  });
}
