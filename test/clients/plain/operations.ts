import { describe, expect, test } from 'vitest';
import { ENDPOINTS, LATER_ENDPOINTS } from '../contract/endpoints.js';
import { RULES, type Stage } from '../stage.js';
import { callerOf } from './caller.js';

/** Words of a fixture document: none of them may be seen in logs or metrics. */
const DOCUMENT_TEXT = /Ingredients|oven|flour/i;

/** What operators see, and what is not there yet. */
export function declareOperations(stage: Stage): void {
  const { call, upload } = callerOf(stage);

  describe('operations', () => {
    test.each(['/health', '/health/live', '/health/ready'])('%s is 200', async (path) => {
      expect((await call('GET', path)).status).toBe(200);
    });

    test('/metrics counts requests and jobs', async () => {
      const { status, body, headers } = await call('GET', '/metrics');
      expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')]);
      for (const state of ['PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED']) expect(body).toContain(state);
      expect(body).toMatch(/^# TYPE docket_\w+ counter$/m);
    });

    test('there are no webhook deliveries where no host is allowed', async () => {
      const { status, body } = await call('GET', '/api/local/webhook-deliveries');
      expect([status, body]).toEqual([200, { items: [], next_page_token: null, total_size: 0 }]);
    });

    test('/openapi.json has every endpoint of the contract, and none that is not there', async () => {
      const { status, body } = await call('GET', '/openapi.json');
      expect([status, body.openapi]).toEqual([200, expect.stringMatching(/^3\./)]);
      const described = Object.entries<object>(body.paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${anonymous(path)}`),
      );
      expect(described).toEqual(expect.arrayContaining(ENDPOINTS.map(({ operation }) => anonymous(operation))));
      expect(described.filter((one) => LATER_ENDPOINTS.some(({ operation }) => anonymous(operation) === one))).toEqual(
        [],
      );
    });

    test('/docs loads nothing from elsewhere', async () => {
      const { status, body } = await call('GET', '/docs');
      expect(status).toBe(200);
      expect([...body.matchAll(/<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"/g)].map(([, url]) => url)).not.toEqual(
        [],
      );
      expect(body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    });

    test('the log has the id of each request, and never the text of a document', async () => {
      const json = { file_input: await upload('recipe.html'), configuration: { rules: RULES } };
      const headers = { prefer: 'wait=50', 'x-request-id': 'look-for-me' };
      const { body } = await call('POST', '/api/v2/classify', { json, headers });
      expect(body.result.reasoning).toMatch(DOCUMENT_TEXT);
      await expect.poll(() => stage.server.log()).toContain('look-for-me');
      expect(stage.server.log()).not.toMatch(DOCUMENT_TEXT);
      for (const line of stage.server.log().split('\n')) expect(JSON.parse(line)).toHaveProperty('msg');
    });
  });

  describe('what is not there yet', () => {
    test.each(LATER_ENDPOINTS)('$operation', async ({ operation, status }) => {
      const [method = '', template = ''] = operation.split(' ');
      const path = template.replaceAll(/\{\w+\}/g, 'x');
      const request = method === 'GET' || method === 'DELETE' ? {} : { json: {} };
      expect((await call(method, path, request)).status).toBe(status);
    });
  });
}

/** Names of parameters do not matter. */
function anonymous(path: string): string {
  return path.replaceAll(/\{\w+\}/g, '{}');
}
