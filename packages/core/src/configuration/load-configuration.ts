import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { DocketError } from '../errors.js';
import { redactAddress } from './redact-address.js';
import { environmentName, SETTINGS, type SettingKey, type SettingValues } from './settings.js';

/** Where a value came from, strongest first. */
export type SettingSource = 'flag' | 'environment' | 'file' | 'default';

/** A value with where it came from. */
export interface SourcedSetting {
  readonly key: SettingKey;
  readonly value: string | number | boolean;
  readonly source: SettingSource;
  /** The name of the flag or variable, or the path of the file. */
  readonly origin: string;
}

/** The configuration that is in force. */
export interface Configuration {
  readonly values: SettingValues;
  /** In the order of the table in the docs. */
  readonly settings: readonly SourcedSetting[];
}

/** Where {@link loadConfiguration} looks. */
export interface ConfigurationSources {
  /** Values of command-line flags, by setting; `undefined` where a flag was not given. */
  readonly flags?: Readonly<Partial<Record<SettingKey, string | number | boolean | undefined>>>;
  /** @default process.env */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Folder in which `docket.config.yaml` (or `.yml`, `.json`) is looked for. @default the current one */
  readonly folder?: string;
}

const FILE_NAMES = ['docket.config.yaml', 'docket.config.yml', 'docket.config.json'];

/**
 * Puts the configuration together: flag, then environment, then file, then default.
 * @throws DocketError `request.invalid_configuration` naming the value that is wrong and where it stands
 */
export async function loadConfiguration(sources: ConfigurationSources = {}): Promise<Configuration> {
  const { flags = {}, environment = process.env, folder = '.' } = sources;
  const file = await readConfigurationFile(resolve(folder));
  const settings = (Object.keys(SETTINGS) as SettingKey[]).map((key): SourcedSetting => {
    const variable = environmentName(key);
    const fromEnvironment = environment[variable];
    if (flags[key] !== undefined) return check(key, flags[key], 'flag', 'command line');
    if (fromEnvironment !== undefined && fromEnvironment !== '')
      return check(key, fromEnvironment, 'environment', variable);
    const fromFile = file?.values.get(key);
    if (file && fromFile !== undefined) return check(key, fromFile, 'file', file.path);
    return { key, value: SETTINGS[key].fallback(), source: 'default', origin: '' };
  });
  const values = Object.fromEntries(settings.map(({ key, value }) => [key, value])) as unknown as SettingValues;
  return { values, settings };
}

function check(key: SettingKey, value: unknown, source: SettingSource, origin: string): SourcedSetting {
  const result = SETTINGS[key].schema.safeParse(value);
  if (result.success) return { key, value: result.data, source, origin };
  const problem = result.error.issues[0]?.message ?? 'invalid';
  const written = JSON.stringify(value);
  const shown = key === 'database' ? redactAddress(written) : written;
  const message = `the setting ${key} from ${origin} is ${shown}: ${problem}; ${SETTINGS[key].description}`;
  throw new DocketError('request.invalid_configuration', message, { data: { key, source, origin } });
}

interface ConfigurationFile {
  readonly path: string;
  readonly values: ReadonlyMap<string, unknown>;
}

async function readConfigurationFile(folder: string): Promise<ConfigurationFile | undefined> {
  for (const name of FILE_NAMES) {
    const path = join(folder, name);
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw invalidFile(
        path,
        `it cannot be read (${error.code}); make it readable, remove it, or start from another folder`,
      );
    });
    if (text !== undefined) return { path, values: parseFile(text, path) };
  }
  return undefined;
}

function parseFile(text: string, path: string): ReadonlyMap<string, unknown> {
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    throw invalidFile(path, (error as Error).message.split('\n')[0] ?? '');
  }
  const values = new Map<string, unknown>();
  if (content === null || content === undefined) return values;
  if (typeof content !== 'object' || Array.isArray(content)) throw invalidFile(path, 'it must hold settings by name');
  flatten(content as Record<string, unknown>, '', values);
  const unknown = [...values.keys()].find((key) => !Object.hasOwn(SETTINGS, key));
  if (unknown === undefined) return values;
  throw invalidFile(path, `there is no setting ${unknown}; known are ${Object.keys(SETTINGS).join(', ')}`);
}

function flatten(content: Record<string, unknown>, prefix: string, values: Map<string, unknown>): void {
  for (const [name, value] of Object.entries(content)) {
    const key = prefix + name;
    const nested = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (nested) flatten(value as Record<string, unknown>, `${key}.`, values);
    else values.set(key, value);
  }
}

function invalidFile(path: string, problem: string): DocketError {
  return new DocketError('request.invalid_configuration', `the configuration file ${path} is invalid: ${problem}`, {
    data: { path },
  });
}
