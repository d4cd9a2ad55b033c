import { beforeAll, describe, expect, test } from 'vitest';
import { RULES, type Stage } from '../stage.js';
import { callerOf } from './caller.js';

const CLASSIFY = '/api/v2/classify';
const configuration = { rules: RULES };

/** What the server takes although no client sends it so. */
export function declareLeniency(stage: Stage): void {
  const { call, upload } = callerOf(stage);
  const create = (json: unknown) => call('POST', CLASSIFY, { json });

  describe('what the server takes beyond what clients send', () => {
    let file = '';
    beforeAll(async () => {
      file = await upload('recipe.html');
    });

    test('unknown keys', async () => {
      const json = { file_input: file, configuration: { ...configuration, extra: 1 }, another: {} };
      const { status, body } = await create(json);
      expect([status, body.configuration]).toEqual([
        200,
        { ...configuration, mode: 'FAST', parsing_configuration: null },
      ]);
    });

    test('lists in queries as one text or with brackets', async () => {
      const ids = (await call('GET', `${CLASSIFY}?page_size=1`)).body.items.map(({ id }: { id: string }) => id);
      for (const query of [`job_ids=clj-x,${ids[0]}`, `job_ids[]=${ids[0]}`, `job_ids=${ids[0]}&job_ids=clj-x`]) {
        const { status, body } = await call('GET', `${CLASSIFY}?${query}`);
        expect([status, body.items.map(({ id }: { id: string }) => id)]).toEqual([200, ids]);
      }
    });

    test('empty values in queries, as if they were not there', async () => {
      const empty = [
        'page_size',
        'page_token',
        'status',
        'configuration_id',
        'job_ids',
        'created_at_on_or_after',
        'project_id',
      ];
      const query = empty.map((key) => `${key}=`).join('&');
      expect((await call('GET', `${CLASSIFY}?${query}`)).status).toBe(200);
    });

    test.each([
      '2019-12-27T18:11:19.117Z',
      '2019-12-27T18:11:19.117123456Z',
      '2019-12-27T18%3A11%3A19.117000%2B00%3A00',
      // A plus that was not escaped.
      '2019-12-27T18:11:19.117+02:00',
      '2019-12-27T18:11:19',
      '2019-12-27',
    ])('the moment %s', async (moment) => {
      const { status, body } = await call('GET', `${CLASSIFY}?created_at_on_or_before=${moment}`);
      expect([status, body.items]).toEqual([200, []]);
    });

    test('an empty transaction id, as if it were not there', async () => {
      const json = { file_input: file, configuration, transaction_id: '' };
      const [one, other] = [await create(json), await create(json)];
      expect(one.body.id).not.toBe(other.body.id);
    });
  });
}
