import type { LlamaCloud as LlamaCloud16 } from 'llama-cloud-1-6';
import type { LlamaCloud as LlamaCloud24 } from 'llama-cloud-2-4';
import type { LlamaCloud as LlamaCloud216 } from 'llama-cloud-2-16';
import { describe, expect, test, vi } from 'vitest';
import { startProxy } from '../../support/unreliable-proxy.js';
import type { ClientName } from '../coverage/recorder.js';
import { API_KEY, type ClientOptions, clientOptions, documentFile, rejection, type Stage } from '../stage.js';

type ErrorClass = new (...values: never[]) => Error;

/** The classes that a client maps errors to; all versions name them alike. */
export interface ErrorClasses {
  readonly BadRequestError: ErrorClass;
  readonly AuthenticationError: ErrorClass;
  readonly PermissionDeniedError: ErrorClass;
  readonly NotFoundError: ErrorClass;
  readonly ConflictError: ErrorClass;
  readonly UnprocessableEntityError: ErrorClass;
  readonly RateLimitError: ErrorClass;
  readonly InternalServerError: ErrorClass;
  readonly APIConnectionError: ErrorClass;
}

/** Ways in which the versions differ. */
export interface ErrorsFlow {
  readonly stage: Stage;
  readonly name: ClientName;
  readonly classes: ErrorClasses;
  readonly connect: (options: ClientOptions) => LlamaCloud16 | LlamaCloud24 | LlamaCloud216;
}

/** Errors, retries and addresses, as every version of the client has them. */
export function declareErrorsFlow({ stage, name, classes, connect }: ErrorsFlow): void {
  const client = (more: Partial<ClientOptions> = {}) => connect({ ...clientOptions(stage, name), ...more });
  const file = () => documentFile('minutes.txt');

  describe('errors', () => {
    test('400 is a BadRequestError', async () => {
      const error = await rejection(client().files.create({ file: new File([], 'empty.txt'), purpose: 'x' }));
      expect(error).toBeInstanceOf(classes.BadRequestError);
    });

    test('401 is an AuthenticationError', async () => {
      const baseURL = stage.keyed.url;
      const error = await rejection(client({ baseURL, apiKey: 'llx-another-key' }).files.list());
      expect(error).toBeInstanceOf(classes.AuthenticationError);
      expect(error).toMatchObject({ status: 401, error: { detail: 'Invalid API Key' } });
      expect(await client({ baseURL, apiKey: API_KEY }).projects.list()).toHaveLength(1);
    });

    test.each([{ origin: 'https://elsewhere.example' }, { 'sec-fetch-site': 'cross-site' }])(
      '403 is a PermissionDeniedError: %j',
      async (defaultHeaders) => {
        const error = await rejection(client({ defaultHeaders }).files.create({ file: file(), purpose: 'x' }));
        expect(error).toBeInstanceOf(classes.PermissionDeniedError);
      },
    );

    test('404 is a NotFoundError', async () => {
      const error = await rejection(client().files.delete('dfl-unknown'));
      expect(error).toBeInstanceOf(classes.NotFoundError);
      expect(error).toMatchObject({ status: 404, error: { detail: 'File not found' } });
    });

    test('422 is an UnprocessableEntityError that lists what is wrong', async () => {
      const error = await rejection(client().files.list({ page_size: 0, order_by: 'size' }));
      expect(error).toBeInstanceOf(classes.UnprocessableEntityError);
      const entries = [{ loc: ['query', 'page_size'] }, { loc: ['query', 'order_by'] }];
      expect(error).toMatchObject({ status: 422, error: { detail: entries } });
    });

    test('5xx is an InternalServerError', async () => {
      await using proxy = await startProxy(stage.server.url, [{ status: 500 }]);
      const error = await rejection(connect({ apiKey: 'x', baseURL: proxy.url, maxRetries: 0 }).projects.list());
      expect(error).toBeInstanceOf(classes.InternalServerError);
    });

    test('no answer is an APIConnectionError', async () => {
      const proxy = await startProxy(stage.server.url, []);
      await proxy[Symbol.asyncDispose]();
      const error = await rejection(connect({ apiKey: 'x', baseURL: proxy.url, maxRetries: 0 }).projects.list());
      expect(error).toBeInstanceOf(classes.APIConnectionError);
    });
  });

  describe('retries', () => {
    const tooBusy = (headers: Record<string, string>) => ({ status: 503, headers });

    test.each([{ 'retry-after-ms': '20' }, { 'retry-after': '0' }])('go on after two 503 with %j', async (headers) => {
      await using proxy = await startProxy(stage.server.url, [tooBusy(headers), tooBusy(headers)]);
      const uploaded = await connect({ apiKey: 'x', baseURL: proxy.url }).files.create({ file: file(), purpose: 'x' });
      expect(uploaded.name).toBe('minutes.txt');
      expect(proxy.requests.map(({ method, retryCount }) => `${method} ${retryCount}`)).toEqual([
        'POST 0',
        'POST 1',
        'POST 2',
      ]);
    });

    test('end with a RateLimitError when 429 stays', async () => {
      const full = { status: 429, headers: { 'retry-after-ms': '20', 'retry-after': '1' } };
      await using proxy = await startProxy(stage.server.url, [full, full, full]);
      const error = await rejection(connect({ apiKey: 'x', baseURL: proxy.url, maxRetries: 2 }).projects.list());
      expect(error).toBeInstanceOf(classes.RateLimitError);
      expect(proxy.requests).toHaveLength(3);
    });
  });

  describe('addresses', () => {
    test('may have a slash at their end', async () => {
      await using proxy = await startProxy(stage.server.url, []);
      const projects = await connect({ apiKey: 'x', baseURL: `${proxy.url}/` }).projects.list();
      expect(projects).toHaveLength(1);
      expect(proxy.requests.map(({ path }) => path)).toEqual(['/api/v1/projects']);
    });

    test('may come from the environment', async () => {
      vi.stubEnv('LLAMA_CLOUD_BASE_URL', stage.server.url);
      vi.stubEnv('LLAMA_CLOUD_API_KEY', 'llx-local');
      const unchanged = connect({});
      vi.unstubAllEnvs();
      expect(await unchanged.projects.list()).toHaveLength(1);
    });
  });
}
