import { z } from '@hono/zod-openapi';
import { listPart } from '../classification/paging.js';
import { found, notFound, projectOf } from '../classification/scope.js';
import { updateConfiguration } from '../classification/update-configuration.js';
import type { DocketApp } from '../http/app-environment.js';
import { defineEndpoint } from '../http/endpoint.js';
import {
  listConfigurationsQuerySchema,
  saveConfigurationBodySchema,
  savedConfigurationPageSchema,
  savedConfigurationSchema,
  serialiseSavedConfiguration,
  updateConfigurationBodySchema,
} from '../schemas/saved-configuration.js';
import { scopeQuerySchema } from '../schemas/scope.js';
import type { Services } from '../services.js';

const tags = ['Configurations'];
const path = '/api/v1/beta/configurations';
const params = z.object({ configuration_id: z.string() });
const configuration = { description: 'The configuration', schema: savedConfigurationSchema };

/** Saved configurations: save, get, list, update, delete. */
export function addConfigurationRoutes(app: DocketApp, services: Services): void {
  addSave(app, services);
  addList(app, services);
  addGet(app, services);
  addUpdate(app, services);
  addDelete(app, services);
}

function addSave(app: DocketApp, { store }: Services): void {
  const definition = {
    method: 'post',
    path,
    operationId: 'saveConfiguration',
    summary: 'Save a configuration; one of the same product type and name is updated and keeps its id',
    tags,
    query: scopeQuerySchema,
    body: saveConfigurationBodySchema,
    responses: { 201: configuration },
  } as const;
  defineEndpoint(app, definition, async ({ query, body, context }) => {
    const { name, parameters } = body;
    const { product_type: productType } = parameters;
    const saved = await store.configurations.save({ projectId: projectOf(query), name, productType, parameters });
    return context.json(serialiseSavedConfiguration(saved), 201);
  });
}

function addList(app: DocketApp, { store }: Services): void {
  const definition = {
    method: 'get',
    path,
    operationId: 'listConfigurations',
    summary: 'List saved configurations, newest first',
    tags,
    query: listConfigurationsQuerySchema,
    responses: { 200: { description: 'Part of the list', schema: savedConfigurationPageSchema } },
    errors: [400],
  } as const;
  defineEndpoint(app, definition, async ({ query, context }) => {
    const filters = { projectId: projectOf(query), productTypes: query.product_type, name: query.name };
    const answer = await listPart(
      { filters, pageSize: query.page_size, pageToken: query.page_token },
      { route: 'configurations', secret: store.secret },
      (configurationQuery) => store.configurations.list(configurationQuery),
      serialiseSavedConfiguration,
    );
    return context.json(answer);
  });
}

function addGet(app: DocketApp, { store }: Services): void {
  const definition = {
    method: 'get',
    path: `${path}/{configuration_id}`,
    operationId: 'getConfiguration',
    summary: 'Get a saved configuration',
    tags,
    params,
    query: scopeQuerySchema,
    responses: { 200: configuration },
    errors: [404],
  } as const;
  defineEndpoint(app, definition, async ({ params, query, context }) => {
    const saved = await store.configurations.get(params.configuration_id, query.project_id);
    return context.json(serialiseSavedConfiguration(found(saved, 'Configuration')));
  });
}

function addUpdate(app: DocketApp, services: Services): void {
  const definition = {
    method: 'put',
    path: `${path}/{configuration_id}`,
    operationId: 'updateConfiguration',
    summary: 'Change a saved configuration; jobs that were made of it keep theirs',
    tags,
    params,
    query: scopeQuerySchema,
    body: updateConfigurationBodySchema,
    responses: { 200: configuration },
    errors: [400, 404, 409],
  } as const;
  defineEndpoint(app, definition, async ({ params, query, body, context }) => {
    const request = { id: params.configuration_id, projectId: query.project_id, body };
    return context.json(serialiseSavedConfiguration(await updateConfiguration(services, request)));
  });
}

function addDelete(app: DocketApp, { store }: Services): void {
  const definition = {
    method: 'delete',
    path: `${path}/{configuration_id}`,
    operationId: 'deleteConfiguration',
    summary: 'Delete a saved configuration; jobs that were made of it keep theirs',
    tags,
    params,
    query: scopeQuerySchema,
    responses: { 204: { description: 'Deleted' } },
    errors: [404],
  } as const;
  defineEndpoint(app, definition, async ({ params, query, context }) => {
    const isDeleted = await store.configurations.delete(params.configuration_id, query.project_id);
    if (!isDeleted) throw notFound('Configuration');
    return context.body(null, 204);
  });
}
