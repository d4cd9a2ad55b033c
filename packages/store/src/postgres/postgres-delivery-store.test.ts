import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { makeEndpoint } from '../testing/delivery-samples.js';
import { postgresForSuite } from '../testing/open-postgres-store.js';
import { noPostgres } from '../testing/private-postgres.js';
import { createJob, known } from '../testing/samples.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { DELIVERY_STATEMENTS } from './delivery-statements.js';
import { openPostgresStore } from './open-postgres-store.js';
import { PostgresDatabase } from './postgres-database.js';

describe.skipIf(noPostgres)(`deliveries of several processes${noPostgres ? ` (${noPostgres})` : ''}`, () => {
  const suite = postgresForSuite();
  const open = async () => openPostgresStore({ config: suite.server.config, home: await temporaryFolder() });

  it('are announced to all, and each is taken up by one, however they meet', async () => {
    await using first = await open();
    await using second = await open();
    const heard = new EventEmitter();
    const connected = once(heard, 'delivery');
    second.cluster?.listen({ delivery: () => heard.emit('delivery') });
    // Said once by itself, for what was announced before.
    await connected;
    const announced = once(heard, 'delivery');
    const hosts = ['a.example', 'b.example', 'c.example'];
    const targets = hosts.map((host) => ({ isAllowed: true, endpoint: makeEndpoint({ host }) }));
    for (let count = 0; count < 5; count++) await createJob(first, { webhooks: { targets } });
    await announced;

    const claimAll = async (store: typeof first, owner: string): Promise<string[]> => {
      const delivery = await store.deliveries.claim({ owner, leaseMs: 60_000, busyHosts: [] });
      return delivery === undefined ? [] : [delivery.id, ...(await claimAll(store, owner))];
    };
    const couriers = [first, second, first, second].map((store, index) => claimAll(store, `courier-${index}`));
    const taken = (await Promise.all(couriers)).flat();
    // Who found nothing that others were not at just then looks again; here, the last look.
    taken.push(...(await claimAll(first, 'courier-0')));
    expect(taken).toHaveLength(15);
    expect(new Set(taken).size).toBe(15);
  });

  it('are not taken up again before their time by one who looked before the last attempt ended', async () => {
    await using store = await open();
    const targets = [{ isAllowed: true, endpoint: makeEndpoint({ host: 'd.example', events: ['classify.pending'] }) }];
    await createJob(store, { webhooks: { targets } });
    const { id } = await known(store.deliveries.claim({ owner: 'first', leaseMs: 60_000, busyHosts: [] }));
    const attempt = { startedAt: store.clock.now(), durationMs: 1, statusCode: 503 };
    await store.deliveries.finish({ id, owner: 'first' }, attempt, { status: 'PENDING', pauseMs: 60_000 });
    const database = new PostgresDatabase(suite.server.config);
    const late = { ids: [id], owner: 'second', leaseMs: 60_000, nowMs: null };
    expect(await database.get(DELIVERY_STATEMENTS.claim, late)).toBeUndefined();
    await database.close();
  });
});
