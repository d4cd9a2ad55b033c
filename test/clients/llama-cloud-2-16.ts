import * as clientModule from 'llama-cloud-2-16';
import { describe, expect, test } from 'vitest';
import { startProxy } from '../support/unreliable-proxy.js';
import { declareFixtureDocuments } from './fixture-documents.js';
import { declareClassifyFlow } from './flows/classify.js';
import { declareClassifyListsFlow } from './flows/classify-lists.js';
import { declareConfigurationsFlow } from './flows/configurations.js';
import { declareConflictsFlow } from './flows/conflicts.js';
import { declareErrorsFlow } from './flows/errors.js';
import { declareFilesFlow } from './flows/files.js';
import { declareParsingFlow } from './flows/parsing.js';
import { declareProjectsFlow } from './flows/projects.js';
import { declareWebhooksFlow } from './flows/webhooks.js';
import {
  type ClientOptions,
  clientOptions,
  collect,
  documentFile,
  EAGER,
  newProject,
  RULES,
  rejection,
  type Stage,
} from './stage.js';

const NAME = '2.16.0';
const configuration = { rules: RULES };

type Connect = (options: ClientOptions) => clientModule.LlamaCloud;
type Client = () => clientModule.LlamaCloud;

/** What version 2.16.0 of the client does: everything but to delete a classify job. */
export function declareLlamaCloud216(stage: Stage): void {
  const connect: Connect = (options) => new clientModule.LlamaCloud(options);
  const client: Client = () => connect(clientOptions(stage, NAME));
  const flow = { stage, name: NAME, classes: clientModule, connect } as const;

  describe(`@llamaindex/llama-cloud ${NAME}`, () => {
    declareFilesFlow({
      client,
      toFile: clientModule.toFile,
      locate: (fileId, query) => client().files.content(fileId, query),
    });
    declareRetrieve(client);
    declareConfigurationsFlow(client);
    declareClassifyFlow(client);
    declareClassifyListsFlow(client);
    declareFixtureDocuments(client);
    declareCancel(stage, connect);
    declareWebhooks(client);
    declareWebhooksFlow(client);
    declareParsingFlow(client);
    declareProjectsFlow(client);
    declareV2Projects(client);
    declareErrorsFlow(flow);
    declareConflictsFlow(flow);
  });
}

function declareRetrieve(client: Client): void {
  test('files.retrieve tells of a file, with its address when that is asked for', async () => {
    const project_id = newProject();
    const upload = { file: documentFile('minutes.txt'), purpose: 'x', external_file_id: 'intake-1' };
    const file = await client().files.create({ ...upload, project_id });
    const scope = { project_id, organization_id: crypto.randomUUID() };
    expect(await client().files.retrieve(file.id, scope)).toEqual(file);
    const expand = ['download_url'];
    const found = await client().files.retrieve(file.id, { ...scope, expand });
    const listed = await collect(client().files.list({ project_id, expand }));
    for (const { download_url } of [found, ...listed]) {
      const response = await fetch(download_url?.url ?? '');
      expect(await response.text()).toBe(await documentFile('minutes.txt').text());
    }
    await expect(client().files.retrieve(file.id, { project_id: newProject() })).rejects.toMatchObject({ status: 404 });
  });
}

function declareCancel(stage: Stage, connect: Connect): void {
  describe('classify.cancel', () => {
    const options = () => ({ ...clientOptions(stage, NAME), baseURL: stage.busy.url });
    const client = () => connect(options());

    test('ends a job that waits, for good', async () => {
      const scope = { project_id: newProject(), organization_id: crypto.randomUUID() };
      const file = documentFile('manual-40p.pdf');
      const { id: file_input } = await client().files.create({ file, purpose: 'classify', ...scope });
      const { parse_job_id = null } = await client().classify.run({ file_input, configuration, ...scope }, EAGER);
      const parameters = {
        product_type: 'classify_v2',
        ...configuration,
        parsing_configuration: { max_pages: 2, target_pages: '1-2' },
      } as const;
      const { id: configuration_id } = await client().configurations.create({ name: 'x', parameters, ...scope });
      const create = () => client().classify.create({ file_input, configuration, ...scope });
      const others = await Promise.all(Array.from({ length: 20 }, create));
      const request = { file_input: parse_job_id, configuration_id, transaction_id: 'waiting', ...scope };
      const last = await client().classify.create(request);
      const cancelled = await client().classify.cancel(last.id, scope);
      expect(cancelled).toMatchObject({ id: last.id, status: 'CANCELLED', configuration_id, parse_job_id });
      for (const { id } of others) await client().classify.waitForCompletion(id, scope, EAGER);
      expect(await client().classify.get(cancelled.id)).toEqual(cancelled);
      expect(await collect(client().classify.list({ ...scope, status: 'CANCELLED' }))).toEqual([cancelled]);
    });

    test('of a job that ended is a ConflictError, and not tried again', async () => {
      const { id: file_input } = await client().files.create({ file: documentFile('recipe.html'), purpose: 'x' });
      const { id } = await client().classify.run({ file_input, configuration }, EAGER);
      await using proxy = await startProxy(stage.busy.url, []);
      const error = await rejection(connect({ ...options(), baseURL: proxy.url }).classify.cancel(id));
      expect(error).toBeInstanceOf(clientModule.ConflictError);
      expect(error).toMatchObject({ error: { detail: 'Job is already COMPLETED and cannot be cancelled' } });
      expect(proxy.requests).toHaveLength(1);
    });

    test('of an unknown job is a NotFoundError', async () => {
      const error = await rejection(client().classify.cancel('clj-unknown'));
      expect(error).toMatchObject({ status: 404, error: { detail: 'Classify job not found' } });
    });
  });
}

function declareWebhooks(client: Client): void {
  test('classify.create takes webhooks, and keeps them to itself', async () => {
    const { id: file_input } = await client().files.create({ file: documentFile('recipe.html'), purpose: 'x' });
    const webhook = {
      webhook_url: 'https://hooks.example/classified',
      webhook_headers: { authorization: 'secret' },
      webhook_events: ['classify.success' as const],
      webhook_output_format: 'json',
      webhook_signing_secret: 'secret',
    };
    const webhooks = { webhook_configurations: [webhook, {}], webhook_configuration_ids: ['whc-1'] };
    const job = await client().classify.run({ file_input, configuration, ...webhooks }, EAGER);
    expect(job.result?.type).toBe('recipe');
    expect(JSON.stringify(job)).not.toMatch(/hooks\.example|secret/);
  });
}

function declareV2Projects(client: Client): void {
  test('v2Projects has the same projects', async () => {
    const organization_id = crypto.randomUUID();
    const projects = await client().projects.list();
    expect(await collect(client().v2Projects.list({ organization_id, page_size: 5 }))).toEqual(projects);
    expect(await collect(client().v2Projects.list({ name: 'Default' }))).toEqual(projects);
    expect(await collect(client().v2Projects.list({ name: 'Other' }))).toEqual([]);
    expect(await client().v2Projects.get(projects[0]?.id ?? '', { organization_id })).toEqual(projects[0]);
    await expect(client().v2Projects.list({ page_token: 'nonsense' })).rejects.toMatchObject({ status: 400 });
    await expect(client().v2Projects.get(crypto.randomUUID())).rejects.toMatchObject({ status: 404 });
  });
}
