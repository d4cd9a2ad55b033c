import type { LlamaCloud as LlamaCloud16 } from 'llama-cloud-1-6';
import type { LlamaCloud as LlamaCloud24 } from 'llama-cloud-2-4';
import type { LlamaCloud as LlamaCloud216 } from 'llama-cloud-2-16';
import { describe, expect, test } from 'vitest';
import { documentFile, documentStream, EAGER, newProject } from '../stage.js';

const options = { tier: 'fast', version: 'latest' } as const;

/** Parsing, as every version of the client knows it. */
export function declareParsingFlow(client: () => LlamaCloud16 | LlamaCloud24 | LlamaCloud216): void {
  const upload = async (name: string, project_id: string) =>
    (await client().files.create({ file: documentFile(name), purpose: 'parse', project_id })).id;

  describe('parsing', () => {
    test('creates a job for a file, waits for it and gets what was asked for', async () => {
      const project_id = newProject();
      const scope = { project_id, organization_id: crypto.randomUUID() };
      const file_id = await upload('contract-3p.pdf', project_id);
      const job = await client().parsing.create({ ...options, file_id, ...scope });
      expect(job).toMatchObject({ project_id, tier: 'fast', error_message: null });
      const nothing = {
        text: null,
        markdown: null,
        text_full: null,
        markdown_full: null,
        metadata: null,
        job_metadata: null,
      };
      const expand = [...Object.keys(nothing), 'usage'];
      const ended = await client().parsing.waitForCompletion(job.id, { expand, ...scope }, EAGER);
      expect(ended.job).toMatchObject({ id: job.id, status: 'COMPLETED' });
      expect(ended.text?.pages.map(({ page_number }) => page_number)).toEqual([1, 2, 3]);
      expect(ended.markdown?.pages).toHaveLength(3);
      expect(ended.text_full).toContain(ended.text?.pages[2]?.text.trim().split('\n')[0]);
      const bare = await client().parsing.get(job.id, scope);
      expect(bare).toEqual({ ...ended, ...nothing, job: { ...ended.job, usage: null } });
      expect(ended).toMatchObject({ job_metadata: { page_count: 3 }, job: { usage: { credits: 0 } } });
    });

    test('parses an upload', async () => {
      const page_ranges = { target_pages: '2, 4-5', max_pages: 9 };
      const upload_file = documentStream('manual-40p.pdf');
      const scope = { project_id: newProject(), organization_id: 'any' };
      const request = { ...options, page_ranges, upload_file, ...scope, expand: ['text'] };
      const { job, text } = await client().parsing.parse(request, EAGER);
      expect(job).toMatchObject({ status: 'COMPLETED', project_id: scope.project_id });
      expect(text?.pages.map(({ page_number }) => page_number)).toEqual([2, 4, 5]);
      expect(text?.pages[0]?.text).toMatch(/\S/);
    });

    test('parses the first pages alone', async () => {
      const project_id = newProject();
      const file_id = await upload('manual-40p.pdf', project_id);
      const request = {
        ...options,
        file_id,
        page_ranges: { max_pages: 2, target_pages: null },
        project_id,
        expand: ['text'],
      };
      const { text } = await client().parsing.parse(request, EAGER);
      expect(text?.pages.map(({ page_number }) => page_number)).toEqual([1, 2]);
    });

    test('fails with the reason', async () => {
      const request = { ...options, upload_file: documentFile('encrypted-letter.pdf'), expand: ['text'] };
      await expect(client().parsing.parse(request, EAGER)).rejects.toMatchObject({
        name: 'PollingError',
        message: expect.stringMatching(/^Job pjb-\S+ failed with status: FAILED \| Error: document\.encrypted: /),
      });
    });

    test('parses the pages that are named', async () => {
      const project_id = newProject();
      const file_id = await upload('contract-3p.pdf', project_id);
      const request = { ...options, file_id, page_ranges: { target_pages: '3' }, project_id, expand: ['text'] };
      const { text } = await client().parsing.parse(request, EAGER);
      expect(text?.pages.map(({ page_number }) => page_number)).toEqual([3]);
    });

    test('takes options that it does not know', async () => {
      const project_id = newProject();
      const file_id = await upload('minutes.txt', project_id);
      const more = { disable_cache: true, output_options: { markdown: {} }, processing_options: {} };
      const job = await client().parsing.create({ ...options, tier: 'agentic', file_id, project_id, ...more });
      expect(job.id).toMatch(/^pjb-/);
    });

    test('reads nothing from other machines', async () => {
      const request = client().parsing.create({ ...options, source_url: 'https://example.com/document.pdf' });
      await expect(request).rejects.toMatchObject({ status: 400 });
    });

    test('wants one source, known', async () => {
      await expect(client().parsing.create(options)).rejects.toMatchObject({ status: 422 });
      const unknown = client().parsing.create({ ...options, file_id: 'dfl-unknown' });
      await expect(unknown).rejects.toMatchObject({ status: 404, error: { detail: 'File not found' } });
      await expect(client().parsing.get('pjb-unknown')).rejects.toMatchObject({ status: 404 });
    });
  });
}
