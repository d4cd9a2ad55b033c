import type { LlamaCloud as LlamaCloud24 } from 'llama-cloud-2-4';
import type { LlamaCloud as LlamaCloud216 } from 'llama-cloud-2-16';
import { beforeAll, describe, expect, test } from 'vitest';
import { documentFile, EAGER, newProject, RULES } from '../stage.js';

const configuration = { rules: RULES };

/** Classification, as the clients since 2.0 know it. */
export function declareClassifyFlow(client: () => LlamaCloud24 | LlamaCloud216): void {
  const upload = async (name: string, project_id: string) =>
    (await client().files.create({ file: documentFile(name), purpose: 'classify', project_id })).id;

  describe('classify', () => {
    const project_id = newProject();
    let invoice = '';
    let recipe = '';
    let manual = '';

    beforeAll(async () => {
      invoice = await upload('invoice-1p.pdf', project_id);
      recipe = await upload('recipe.html', project_id);
      manual = await upload('manual-40p.pdf', project_id);
    });

    test('creates a job, waits for it and gets its result', async () => {
      const scope = { project_id, organization_id: crypto.randomUUID() };
      const created = await client().classify.create({ file_input: invoice, configuration, ...scope });
      expect(created).toMatchObject({
        file_input: invoice,
        document_input_type: 'file_id',
        project_id,
        transaction_id: null,
      });
      expect(created.configuration).toEqual({ ...configuration, mode: 'FAST', parsing_configuration: null });
      const ended = await client().classify.waitForCompletion(created.id, scope, EAGER);
      expect(ended).toMatchObject({ id: created.id, status: 'COMPLETED', result: { type: 'invoice' } });
      expect(ended.parse_job_id).toMatch(/^pjb-/);
      expect(await client().classify.get(created.id, scope)).toEqual(ended);
      expect(await client().classify.get(created.id)).toEqual(ended);
    });

    test('runs a job with the delays of the client itself', async () => {
      const ended = await client().classify.run({
        file_input: recipe,
        configuration,
        project_id,
        organization_id: null,
      });
      expect(ended).toMatchObject({ status: 'COMPLETED', result: { type: 'recipe' } });
    });

    test('says null and a low confidence when no rule matches', async () => {
      const file_input = await upload('unknown-crossword.txt', project_id);
      const { result } = await client().classify.run({ file_input, configuration, project_id }, EAGER);
      expect(result?.type).toBeNull();
      expect(result?.confidence).toBeLessThan(0.5);
    });

    test('fails with the reason', async () => {
      const file_input = await upload('encrypted-letter.pdf', project_id);
      const run = client().classify.run({ file_input, configuration, project_id }, EAGER);
      await expect(run).rejects.toMatchObject({
        name: 'PollingError',
        message: expect.stringMatching(/^Job clj-\S+ failed with status: FAILED \| Error: document\.encrypted: /),
      });
    });

    test('takes the deprecated spellings of the input', async () => {
      const first = await client().classify.run({ file_id: invoice, configuration, project_id }, EAGER);
      expect(first).toMatchObject({ file_input: invoice, document_input_type: 'file_id', result: { type: 'invoice' } });
      const parse_job_id = first.parse_job_id ?? '';
      const second = await client().classify.run({ parse_job_id, configuration, project_id }, EAGER);
      expect(second).toMatchObject({ file_input: parse_job_id, document_input_type: 'parse_job_id', parse_job_id });
      expect(second.result).toEqual(first.result);
    });

    test('takes the bare UUID of a file, and what is null as absent', async () => {
      const file_input = invoice.replace('dfl-', '');
      const nothing = { configuration_id: null, file_id: null, parse_job_id: null, transaction_id: null };
      const ended = await client().classify.run({ file_input, configuration, ...nothing, project_id }, EAGER);
      expect(ended).toMatchObject({ file_input, result: { type: 'invoice' } });
    });

    test('gives the same result for a parse job as for its file', async () => {
      const byFile = await client().classify.run({ file_input: manual, configuration, project_id }, EAGER);
      const file_input = byFile.parse_job_id ?? '';
      const byParseJob = await client().classify.run({ file_input, configuration, project_id }, EAGER);
      expect(byParseJob).toMatchObject({ document_input_type: 'parse_job_id', file_input, parse_job_id: file_input });
      expect(byParseJob.result).toEqual(byFile.result);
    });

    test.each([
      [{ target_pages: '1, 3-4', max_pages: 9 }, /\b1\b.*\b3\b.*\b4\b.* of 40/],
      [{ max_pages: 2 }, /\b1\b.*\b2\b.* of 40/],
    ])('reads the pages %j', async (pages, expected) => {
      const parsing_configuration = { lang: 'en', ...pages };
      const given = { ...configuration, mode: 'FAST', parsing_configuration } as const;
      const ended = await client().classify.run({ file_input: manual, configuration: given, project_id }, EAGER);
      expect(ended.configuration.parsing_configuration).toMatchObject(parsing_configuration);
      expect(ended.result?.reasoning).toMatch(expected);
    });

    test('fails when none of the pages is there', async () => {
      const given = { ...configuration, parsing_configuration: { target_pages: '7' } };
      const run = client().classify.run({ file_input: invoice, configuration: given, project_id }, EAGER);
      await expect(run).rejects.toThrow(/document\.no_pages_selected/);
    });

    test('answers a transaction id again with its job, whatever else is sent', async () => {
      const transaction_id = `intake-${crypto.randomUUID()}`;
      const first = await client().classify.run(
        { file_input: invoice, configuration, transaction_id, project_id },
        EAGER,
      );
      const rules = RULES.slice(2);
      const again = await client().classify.create({
        file_input: 'dfl-unknown',
        configuration: { rules },
        transaction_id,
        project_id,
      });
      expect(again).toEqual(first);
      const elsewhere = newProject();
      const file_input = await upload('invoice-1p.pdf', elsewhere);
      const other = await client().classify.run(
        { file_input, configuration, transaction_id, project_id: elsewhere },
        EAGER,
      );
      expect(other.id).not.toBe(first.id);
    });

    test.each(['clj-unknown', 'a/b c?d=e#f', '发票', 'x'.repeat(500)])('knows no job %s', async (id) => {
      const error = { status: 404, error: { detail: 'Classify job not found' } };
      await expect(client().classify.get(id)).rejects.toMatchObject(error);
    });

    test('gives two creates with one transaction id one job', async () => {
      const transaction_id = `twin-${crypto.randomUUID()}`;
      const create = () => client().classify.create({ file_input: invoice, configuration, transaction_id, project_id });
      const jobs = await Promise.all([create(), create(), create(), create()]);
      expect(new Set(jobs.map(({ id }) => id)).size).toBe(1);
      for (const { id } of jobs) await client().classify.waitForCompletion(id, { project_id }, EAGER);
    });
  });

  describe('a preset', () => {
    test('is copied into the job, and not changed by later edits', async () => {
      const project_id = newProject();
      const file_input = await upload('invoice-1p.pdf', project_id);
      const parameters = {
        product_type: 'classify_v2',
        rules: RULES,
        parsing_configuration: { max_pages: 1 },
      } as const;
      const preset = await client().configurations.create({ name: 'Preset', parameters, project_id });
      const job = await client().classify.run({ file_input, configuration_id: preset.id, project_id }, EAGER);
      expect(job).toMatchObject({ configuration_id: preset.id, result: { type: 'invoice' } });
      const parsing_configuration = { lang: 'en', max_pages: 1, target_pages: null };
      expect(job.configuration).toEqual({ rules: RULES, mode: 'FAST', parsing_configuration });
      await client().configurations.delete(preset.id, { project_id });
      expect(await client().classify.get(job.id)).toEqual(job);
      const gone = client().classify.create({ file_input, configuration_id: preset.id, project_id });
      await expect(gone).rejects.toMatchObject({ status: 404, error: { detail: 'Configuration not found' } });
    });

    test('gives way to a configuration in the request, and is recorded all the same', async () => {
      const project_id = newProject();
      const file_input = await upload('recipe.html', project_id);
      const parameters = { product_type: 'classify_v2', rules: RULES.slice(0, 1) } as const;
      const { id: configuration_id } = await client().configurations.create({ name: 'Preset', parameters, project_id });
      const job = await client().classify.run({ file_input, configuration, configuration_id, project_id }, EAGER);
      expect(job).toMatchObject({ configuration_id, configuration, result: { type: 'recipe' } });
    });

    test('must be for classification', async () => {
      const project_id = newProject();
      const file_input = await upload('recipe.html', project_id);
      const parameters = { product_type: 'unknown' } as const;
      const { id } = await client().configurations.create({ name: 'Other', parameters, project_id });
      const created = client().classify.create({ file_input, configuration_id: id, project_id });
      await expect(created).rejects.toMatchObject({ status: 400 });
    });
  });
}
