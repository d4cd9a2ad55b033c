import { describe, expect, test } from 'vitest';
import { documentFile, RULES, type Stage } from '../stage.js';
import { callerOf } from './caller.js';

/** What the console asks for, beside the contract. */
export function declareConsole(stage: Stage): void {
  const { call } = callerOf(stage);

  describe('what the console asks for', () => {
    test('a file for a day, scored and shown page by page', async () => {
      const body = new FormData();
      body.append('file', documentFile('contract-3p.pdf'));
      body.append('purpose', 'classify');
      const { id: file_id, expires_at } = (await call('POST', '/api/local/files', { body })).body;
      expect(expires_at).not.toBeNull();
      const json = { file_id, configuration: { rules: RULES } };
      expect((await call('POST', '/api/local/score', { json })).body.result.type).toBe('contract');
      expect((await call('GET', `/api/local/files/${file_id}/pages`)).body.page_count).toBe(3);
      expect((await call('GET', `/api/local/files/${file_id}/pages/1/image?max_side=64`)).status).toBe(200);
      expect((await call('DELETE', `/api/v1/beta/files/${file_id}`)).status).toBe(204);
      expect((await call('POST', '/api/local/score', { json })).status).toBe(404);
    });

    test('advice, samples, state and runs', async () => {
      expect((await call('POST', '/api/local/lint', { json: { rules: RULES } })).status).toBe(200);
      const { documents } = (await call('GET', '/api/local/samples')).body;
      expect((await call('GET', documents[0].url)).status).toBe(200);
      expect((await call('GET', '/api/local/state')).body.engine.status).toBe('ok');
      expect((await call('GET', '/api/local/runs')).body.runs).toEqual([]);
      expect((await call('GET', '/api/local/runs/unknown')).status).toBe(404);
      expect((await call('GET', '/api/local/runs/compare?a=x&b=y')).status).toBe(404);
    });

    test('events: what is wrong with the request is said before the stream begins', async () => {
      expect((await call('GET', `/api/local/events?project_id=${'x'.repeat(300)}`)).status).toBe(422);
    });
  });
}
