import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { DocketError, redactAddress } from '@docket/core';
import type { ClientConfig } from 'pg';
import { lookUpPassword } from './password-file.js';

/** An address that was understood. */
export interface DatabaseAddress {
  readonly config: ClientConfig;
  /** What `ssl` may be, in the order in which it is tried: false is without TLS. */
  readonly ways: readonly (false | ConnectionOptions)[];
  /** The address without its password. */
  readonly shown: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Parameters of TLS in an address, and libpq's variables for them. */
const TLS_PARAMETERS = {
  sslmode: 'PGSSLMODE',
  sslrootcert: 'PGSSLROOTCERT',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
} as const;

/** What else an address may have after its `?`. */
const PARAMETERS = new Set([
  'host',
  'port',
  'user',
  'password',
  'dbname',
  'options',
  'application_name',
  'connect_timeout',
]);

const TLS_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
type TlsMode = (typeof TLS_MODES)[number];

/**
 * Reads the address of a database: `postgres://user:password@host:port/database?sslmode=...`. What it leaves out comes from
 * libpq's variables (`PGHOST`, `PGUSER` ...) and password file, and `postgres://` leaves out everything. TLS is as libpq does
 * it (https://www.postgresql.org/docs/current/libpq-ssl.html).
 * @throws DocketError `request.invalid_configuration`, which never shows the password
 */
export function readDatabaseAddress(address: string, environment: Environment): DatabaseAddress {
  const shown = redactAddress(address);
  if (!/^postgres(ql)?:/.test(address)) throw invalid(shown, 'it must begin with postgres://');
  const { url, tls } = splitTls(address, shown, environment);
  const host = hostOf(url, shown, environment);
  return {
    config: configOf(url, { host, shown, environment }),
    ways: host.startsWith('/') ? [false] : waysOf(tls, host, shown),
    shown,
  };
}

interface AddressContext {
  readonly host: string;
  readonly shown: string;
  readonly environment: Environment;
}

/** What is left out is looked for by the client, in libpq's variables. */
function configOf(url: URL, { host, shown, environment }: AddressContext): ClientConfig {
  const { searchParams } = url;
  const unknown = [...searchParams.keys()].find((name) => !PARAMETERS.has(name));
  if (unknown !== undefined)
    throw invalid(shown, `it has a parameter ${unknown}, and known are ${[...PARAMETERS].join(', ')}`);
  const given = (name: string, part = '') => searchParams.get(name) || decode(part, shown) || undefined;
  const user = given('user', url.username);
  const database = given('dbname', url.pathname.slice(1));
  const port = given('port', url.port);
  const password = given('password', url.password);
  // The client would leave the variable out, for others are added.
  const options = given('options') ?? environment['PGOPTIONS'];
  const applicationName = given('application_name');
  const seconds = given('connect_timeout');
  return {
    host,
    ...(user === undefined ? {} : { user }),
    ...(database === undefined ? {} : { database }),
    ...(port === undefined ? {} : { port: Number(port) }),
    ...(options === undefined ? {} : { options }),
    ...(applicationName === undefined ? {} : { application_name: applicationName }),
    ...(seconds === undefined ? {} : { connectionTimeoutMillis: Number(seconds) * 1000 }),
    // The type does not know of a function that is told where the connection goes.
    password: (password ?? environment['PGPASSWORD'] ?? lookUpPassword) as string,
  };
}

type TlsParameters = Readonly<Partial<Record<keyof typeof TLS_PARAMETERS, string>>>;

function splitTls(address: string, shown: string, environment: Environment) {
  const text = address.replace(/^postgres(ql)?:(\/\/)?/, 'postgres://');
  // A URL needs a host where there is a user.
  const complete = text.replace(/@(?=[/?]|$)/, '@localhost');
  if (!URL.canParse(complete))
    throw invalid(shown, 'it cannot be read; write @ : / ? # in a password as %40 %3A %2F %3F %23');
  const url = new URL(complete);
  const tls: Partial<Record<keyof typeof TLS_PARAMETERS, string>> = {};
  for (const [name, variable] of Object.entries(TLS_PARAMETERS) as [keyof typeof TLS_PARAMETERS, string][]) {
    const value = url.searchParams.get(name) ?? environment[variable];
    if (value) tls[name] = value;
    url.searchParams.delete(name);
  }
  return { url, tls };
}

function hostOf({ hostname, searchParams }: URL, shown: string, environment: Environment): string {
  const host = searchParams.get('host') || decode(hostname, shown) || environment['PGHOST'] || 'localhost';
  // An address of IPv6 has brackets in a URL, and nowhere else.
  return host.replace(/^\[(.*)\]$/, '$1');
}

function decode(part: string, shown: string): string {
  try {
    return decodeURIComponent(part);
  } catch (cause) {
    throw invalid(shown, 'it has a % that is none of an escape; write % as %25', cause);
  }
}

function waysOf(tls: TlsParameters, host: string, shown: string): (false | ConnectionOptions)[] {
  const mode = TLS_MODES.find((known) => known === (tls.sslmode ?? 'prefer'));
  if (mode === undefined) throw invalid(shown, `sslmode is ${tls.sslmode}; known are ${TLS_MODES.join(', ')}`);
  if (mode === 'disable') return [false];
  const secured = secure(mode, tls, host, shown);
  if (mode === 'allow') return [false, secured];
  return mode === 'prefer' ? [secured, false] : [secured];
}

function secure(mode: TlsMode, tls: TlsParameters, host: string, shown: string): ConnectionOptions {
  const read = (path: string) => readCertificate(path, shown);
  const ca = rootCertificate(mode, tls.sslrootcert);
  const isVerified = mode.startsWith('verify') || (mode === 'require' && tls.sslrootcert !== undefined);
  return {
    // By which name the certificate is checked, also for an address of digits.
    host,
    rejectUnauthorized: isVerified,
    ...(ca === undefined || !isVerified ? {} : { ca: read(ca) }),
    ...(mode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
    ...(tls.sslcert === undefined ? {} : { cert: read(tls.sslcert) }),
    ...(tls.sslkey === undefined ? {} : { key: read(tls.sslkey) }),
  };
}

/** The file of trusted certificates; undefined for those of the system. */
function rootCertificate(mode: TlsMode, given: string | undefined): string | undefined {
  if (given !== undefined) return given === 'system' ? undefined : given;
  const usual = join(homedir(), '.postgresql', 'root.crt');
  return mode.startsWith('verify') && isReadable(usual) ? usual : undefined;
}

function isReadable(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}

function readCertificate(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw invalid(shown, `${path} cannot be read`, cause);
  }
}

function invalid(shown: string, problem: string, cause?: unknown): DocketError {
  const message = `the address of the database ${shown} is invalid: ${problem}`;
  return new DocketError('request.invalid_configuration', message, { cause });
}
