import { z } from '@hono/zod-openapi';
import { createWebhook, updateWebhook } from '../classification/save-webhook.js';
import { found, notFound, projectOf } from '../classification/scope.js';
import type { DocketApp } from '../http/app-environment.js';
import { defineEndpoint } from '../http/endpoint.js';
import { scopeQuerySchema } from '../schemas/scope.js';
import {
  createWebhookBodySchema,
  serialiseWebhook,
  updateWebhookBodySchema,
  webhookConfigListSchema,
  webhookConfigSchema,
} from '../schemas/webhook-config.js';
import type { Services } from '../services.js';

const tags = ['Webhooks'];
const path = '/api/v1/beta/webhook-configs';
const params = z.object({ webhook_config_id: z.string() });
const config = { description: 'The webhook configuration', schema: webhookConfigSchema };

/** Saved webhook configurations: create, list, get, update, delete. */
export function addWebhookConfigRoutes(app: DocketApp, services: Services): void {
  addCreate(app, services);
  addList(app, services);
  addGet(app, services);
  addUpdate(app, services);
  addDelete(app, services);
}

function addCreate(app: DocketApp, services: Services): void {
  const definition = {
    method: 'post',
    path,
    operationId: 'createWebhookConfig',
    summary: 'Save a webhook configuration, for jobs to name by its id',
    tags,
    query: scopeQuerySchema,
    body: createWebhookBodySchema,
    responses: { 201: config },
  } as const;
  defineEndpoint(app, definition, async ({ query, body, context }) =>
    context.json(serialiseWebhook(await createWebhook(services, { projectId: projectOf(query), body })), 201),
  );
}

function addList(app: DocketApp, { store }: Services): void {
  const definition = {
    method: 'get',
    path,
    operationId: 'listWebhookConfigs',
    summary: 'List the webhook configurations of a project, newest first',
    tags,
    query: scopeQuerySchema,
    responses: { 200: { description: 'All of them', schema: webhookConfigListSchema } },
  } as const;
  defineEndpoint(app, definition, async ({ query, context }) =>
    context.json((await store.webhooks.list(projectOf(query))).map(serialiseWebhook)),
  );
}

function addGet(app: DocketApp, { store }: Services): void {
  const definition = {
    method: 'get',
    path: `${path}/{webhook_config_id}`,
    operationId: 'getWebhookConfig',
    summary: 'Get a webhook configuration',
    tags,
    params,
    query: scopeQuerySchema,
    responses: { 200: config },
    errors: [404],
  } as const;
  defineEndpoint(app, definition, async ({ params, query, context }) => {
    const saved = await store.webhooks.get(params.webhook_config_id, query.project_id);
    return context.json(serialiseWebhook(found(saved, 'Webhook configuration')));
  });
}

function addUpdate(app: DocketApp, services: Services): void {
  const definition = {
    method: 'put',
    path: `${path}/{webhook_config_id}`,
    operationId: 'updateWebhookConfig',
    summary: 'Change a webhook configuration; what is still to be delivered goes by the new one',
    tags,
    params,
    query: scopeQuerySchema,
    body: updateWebhookBodySchema,
    responses: { 200: config },
    errors: [404],
  } as const;
  defineEndpoint(app, definition, async ({ params, query, body, context }) => {
    const request = { id: params.webhook_config_id, projectId: query.project_id, body };
    return context.json(serialiseWebhook(await updateWebhook(services, request)));
  });
}

function addDelete(app: DocketApp, { store }: Services): void {
  const definition = {
    method: 'delete',
    path: `${path}/{webhook_config_id}`,
    operationId: 'deleteWebhookConfig',
    summary: 'Delete a webhook configuration; nothing is delivered to it any more',
    tags,
    params,
    query: scopeQuerySchema,
    responses: { 204: { description: 'Deleted' } },
    errors: [404],
  } as const;
  defineEndpoint(app, definition, async ({ params, query, context }) => {
    const isDeleted = await store.webhooks.delete(params.webhook_config_id, query.project_id);
    if (!isDeleted) throw notFound('Webhook configuration');
    return context.body(null, 204);
  });
}
