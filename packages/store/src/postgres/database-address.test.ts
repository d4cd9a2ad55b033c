import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeSharedStore, openSharedStore } from '../index.js';
import { noPostgres, PrivatePostgres } from '../testing/private-postgres.js';
import { readDatabaseAddress } from './database-address.js';
import { assertNewEnough, findWay } from './find-way.js';

const SECRET = 's3cret';

describe('readDatabaseAddress', () => {
  it.each([
    ['postgres://u@db:6432/name', {}, { host: 'db', port: 6432, user: 'u', database: 'name' }],
    ['postgresql://db', { PGUSER: 'ignored' }, { host: 'db' }],
    ['postgres://', { PGHOST: 'elsewhere' }, { host: 'elsewhere' }],
    ['postgres:', {}, { host: 'localhost' }],
    [
      'postgres://u@/name?host=/run/postgresql&port=5433',
      {},
      { host: '/run/postgresql', port: 5433, user: 'u', database: 'name' },
    ],
    ['postgres://%2Frun%2Fpostgresql/name', {}, { host: '/run/postgresql', database: 'name' }],
    [`postgres://u:%40${SECRET}@db`, {}, { host: 'db', user: 'u', password: `@${SECRET}` }],
    ['postgres://db', { PGPASSWORD: SECRET }, { host: 'db', password: SECRET }],
    ['postgres://u@[::1]:6432/x', {}, { host: '::1', port: 6432 }],
    ['postgres://db', { PGOPTIONS: '-c role=a' }, { options: '-c role=a' }],
    ['postgres://db/?options=-c%20role%3Db', { PGOPTIONS: '-c role=a' }, { options: '-c role=b' }],
  ] as const)('%s', (address, environment, config) => {
    expect(readDatabaseAddress(address, environment).config).toMatchObject(config);
  });

  it.each([
    ['disable', [false]],
    ['allow', [false, { rejectUnauthorized: false }]],
    ['prefer', [{ rejectUnauthorized: false }, false]],
    ['require', [{ rejectUnauthorized: false }]],
    ['verify-ca', [{ rejectUnauthorized: true, checkServerIdentity: expect.any(Function) }]],
    ['verify-full', [{ rejectUnauthorized: true, host: 'db' }]],
  ] as const)('sslmode=%s, in the address or in PGSSLMODE', (mode, ways) => {
    expect(readDatabaseAddress(`postgres://db/?sslmode=${mode}`, { PGSSLMODE: 'disable' }).ways).toMatchObject(ways);
    expect(readDatabaseAddress('postgres://db', { PGSSLMODE: mode }).ways).toMatchObject(ways);
  });

  it('is refused when PostgreSQL is too old, with the version found', () => {
    expect(() => assertNewEnough('14.11', 'postgres://db')).toThrow(
      /postgres:\/\/db is PostgreSQL 14\.11, .* 15 or later/,
    );
    for (const version of ['15.6', '18', '15beta2']) assertNewEnough(version, 'postgres://db');
  });

  it('prefers TLS when nothing is said, and does without over a socket', () => {
    expect(readDatabaseAddress('postgres://db', {}).ways).toHaveLength(2);
    expect(readDatabaseAddress('postgres:///?host=/run', {}).ways).toEqual([false]);
  });

  it.each([
    [`mysql://u:${SECRET}@db`, /must begin with postgres/],
    [`postgres://u:${SECRET}@db/?sslmode=no`, /sslmode is no; known are disable/],
    [`postgres://u:${SECRET}@db/?sslmod=require`, /a parameter sslmod/],
    [`postgres://u:${SECRET}@db:port/x`, /cannot be read/],
    [`postgres://u:${SECRET}%@db/x`, /write % as %25/],
    [`postgres://u:${SECRET}@db/?sslrootcert=/none`, /\/none cannot be read/],
  ])('refuses %s and never shows the password', (address, problem) => {
    let message = '';
    try {
      readDatabaseAddress(address.replace('/none', '/none&sslmode=verify-full'), {});
    } catch (error) {
      expect(error).toMatchObject({ code: 'request.invalid_configuration' });
      message = String(error);
    }
    expect(message).toMatch(problem);
    expect(message).not.toContain(SECRET);
  });
});

describe.skipIf(noPostgres)(`a database with passwords and TLS${noPostgres ? ` (${noPostgres})` : ''}`, () => {
  let server: PrivatePostgres;
  let certificate: string;
  let files: string;

  beforeAll(async () => {
    files = mkdtempSync(join(tmpdir(), 'docket-address-'));
    certificate = join(files, 'server.crt');
    makeCertificate(files);
    server = await PrivatePostgres.start({
      settings: ['ssl=on', 'password_encryption=scram-sha-256'],
      access: ['hostssl all guarded 127.0.0.1/32 scram-sha-256', 'host all guarded 127.0.0.1/32 reject'],
      prepare: (data) => {
        for (const name of ['server.crt', 'server.key']) execFileSync('cp', ['-p', join(files, name), data]);
      },
    });
    const { config } = await findWay(readDatabaseAddress(server.url, {}));
    const { PostgresDatabase } = await import('./postgres-database.js');
    const database = new PostgresDatabase(config);
    await database.runPlain(
      `CREATE ROLE guarded LOGIN PASSWORD '${SECRET}'; GRANT CREATE ON DATABASE docket TO guarded`,
    );
    await database.close();
  }, 60_000);
  afterAll(() => server?.[Symbol.asyncDispose]());

  const guarded = (more = '', password = '') => `postgres://guarded${password}@127.0.0.1:${server.port}/docket${more}`;
  const sslOf = async (address: string, environment = {}) => {
    return (await findWay(readDatabaseAddress(address, environment))).config.ssl;
  };

  it('is found with the password in the address, in PGPASSWORD, and in the password file', async () => {
    await sslOf(guarded('', `:${SECRET}`));
    await sslOf(guarded(), { PGPASSWORD: SECRET });
    const file = join(files, 'pgpass');
    writeFileSync(file, `127.0.0.1:${server.port}:*:guarded:${SECRET}\n`, { mode: 0o600 });
    process.env['PGPASSFILE'] = file;
    try {
      await sslOf(guarded());
    } finally {
      delete process.env['PGPASSFILE'];
    }
    const refused = describeSharedStore(guarded('', ':wr0ng'), {});
    await expect(refused).rejects.toMatchObject({ code: 'request.invalid_configuration' });
    const error = await refused.catch((thrown) => thrown);
    expect(error.message).toContain('refused the connection');
    expect(error.message).not.toContain('wr0ng');
  });

  it('is reached with TLS or without, as sslmode says', async () => {
    const environment = { PGPASSWORD: SECRET };
    expect(await sslOf(guarded('?sslmode=require'), environment)).toMatchObject({ rejectUnauthorized: false });
    // Refused without TLS, so it is tried with it.
    expect(await sslOf(guarded('?sslmode=allow'), environment)).toMatchObject({ rejectUnauthorized: false });
    await expect(sslOf(guarded('?sslmode=disable'), environment)).rejects.toMatchObject({
      code: 'request.invalid_configuration',
    });
    expect(await sslOf(`${server.url}?sslmode=allow`)).toBe(false);
    await expect(sslOf(guarded('?sslmode=verify-full'), environment)).rejects.toThrow(/self.signed/);
    const trusted = `&sslrootcert=${certificate}`;
    expect(await sslOf(guarded(`?sslmode=verify-ca${trusted}`), environment)).toMatchObject({
      rejectUnauthorized: true,
    });
    expect(await sslOf(guarded(`?sslmode=verify-full${trusted}`), environment)).toMatchObject({
      rejectUnauthorized: true,
    });
    const byName = guarded(`?sslmode=verify-full${trusted}`).replace('127.0.0.1', 'localhost');
    await expect(sslOf(byName, environment)).rejects.toThrow(/altnames/);
  });

  it('says its version, and shows its address without the password', async () => {
    expect(await describeSharedStore(guarded('', `:${SECRET}`), {})).toEqual({
      address: guarded('', ':***'),
      version: expect.stringMatching(/^\d+/),
    });
  });

  it('that is not there is unreachable', async () => {
    const address = `postgres://u:${SECRET}@127.0.0.1:1/docket`;
    const opened = openSharedStore({ address, environment: {}, home: files });
    await expect(opened).rejects.toMatchObject({ code: 'state.database_unreachable' });
    expect((await opened.catch((error) => error)).message).not.toContain(SECRET);
  });
});

/** A certificate for 127.0.0.1, signed by itself, and its key. */
function makeCertificate(folder: string): void {
  const key = join(folder, 'server.key');
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const out = ['-keyout', key, '-out', join(folder, 'server.crt'), '-days', '2'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject, ...out], { stdio: 'ignore' });
  execFileSync('chmod', ['600', key]);
}
