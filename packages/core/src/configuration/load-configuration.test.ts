import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configurationTable } from './configuration-table.js';
import { type ConfigurationSources, loadConfiguration } from './load-configuration.js';
import { environmentName, SETTINGS, type SettingKey } from './settings.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-configuration-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (text: string, name = 'docket.config.yaml') => writeFile(join(folder, name), text);
const load = (sources: ConfigurationSources = {}) => loadConfiguration({ environment: {}, folder, ...sources });
const settingOf = async (key: SettingKey, sources?: ConfigurationSources) => {
  return (await load(sources)).settings.find((setting) => setting.key === key);
};

describe('loadConfiguration', () => {
  it('has a value for everything, without a file', async () => {
    const { values, settings } = await load();
    expect(settings.map((setting) => setting.key)).toEqual(Object.keys(SETTINGS));
    expect(settings.every((setting) => setting.source === 'default')).toBe(true);
    expect(values.scorer).toBe('auto');
    expect(values.home).toMatch(/\.docket$/);
  });

  it('prefers a flag to the environment, that to the file, that to the default', async () => {
    await write('concurrency: 3\n');
    const environment = { DOCKET_CONCURRENCY: '4' };
    const file = join(folder, 'docket.config.yaml');
    expect(await settingOf('concurrency', { environment, flags: { concurrency: 5 } })).toMatchObject({
      value: 5,
      source: 'flag',
    });
    expect(await settingOf('concurrency', { environment })).toMatchObject({
      value: 4,
      source: 'environment',
      origin: 'DOCKET_CONCURRENCY',
    });
    expect(await settingOf('concurrency')).toMatchObject({ value: 3, source: 'file', origin: file });
    expect(await settingOf('scorer')).toMatchObject({ value: 'auto', source: 'default' });
  });

  it('takes a flag that was not given and an empty variable for absent', async () => {
    const sources = { flags: { concurrency: undefined }, environment: { DOCKET_CONCURRENCY: '' } };
    expect(await settingOf('concurrency', sources)).toMatchObject({ source: 'default' });
  });

  it('reads nested and dotted keys alike', async () => {
    await write('limits:\n  maxBytes: 1000\nworkers: { maxMemoryMb: 512 }\npages.defaultMax: 3\n');
    const { values } = await load();
    expect(values).toMatchObject({ 'limits.maxBytes': 1000, 'workers.maxMemoryMb': 512, 'pages.defaultMax': 3 });
  });

  it.each(['docket.config.yml', 'docket.config.json'])('reads %s', async (name) => {
    await write('{"concurrency": 2}', name);
    expect(await settingOf('concurrency')).toMatchObject({ value: 2, origin: join(folder, name) });
  });

  it('shows no password of a database in what it says of a wrong value', async () => {
    await write('database: ["postgres://docket:s3cret@db/x"]\n');
    const refused = load();
    await expect(refused).rejects.toThrow('postgres://docket:***@db/x');
    await expect(refused).rejects.not.toThrow('s3cret');
  });

  it('refuses a file that cannot be read: what it forbids would be allowed', async () => {
    await mkdir(join(folder, 'docket.config.yaml'));
    const loaded = load();
    await expect(loaded).rejects.toMatchObject({ code: 'request.invalid_configuration' });
    await expect(loaded).rejects.toThrow(/docket\.config\.yaml .*cannot be read \(EISDIR\)/);
  });

  it('accepts an empty file', async () => {
    await write('# nothing yet\n');
    expect(await settingOf('concurrency')).toMatchObject({ source: 'default' });
  });

  it.each<[string, ConfigurationSources, string, RegExp]>([
    ['a flag', { flags: { concurrency: 'many' } }, '', /concurrency.*command line.*"many"/],
    [
      'a variable',
      { environment: { DOCKET_LIMITS_MAX_BYTES: '-1' } },
      '',
      /limits\.maxBytes.*DOCKET_LIMITS_MAX_BYTES.*-1/,
    ],
    ['the file', {}, 'limits: { openMs: soon }', /limits\.openMs.*docket\.config\.yaml.*"soon"/],
    ['nothing at all', {}, 'server: { port: }', /server\.port.*docket\.config\.yaml.*null/],
    ['a truth for a number', {}, 'workers: { modelThreads: true }', /workers\.modelThreads.*true/],
    ['a list for a number', {}, 'concurrency: [3]', /concurrency.*\[3\]/],
    ['part of a number', { environment: { DOCKET_CONCURRENCY: '1.5' } }, '', /DOCKET_CONCURRENCY.*"1\.5"/],
    ['a choice', { flags: { scorer: 'magic' } }, '', /scorer.*"magic"/],
  ])('refuses an invalid value, naming it and where it stands: %s', async (_, sources, text, message) => {
    if (text) await write(text);
    const loaded = load(sources);
    await expect(loaded).rejects.toMatchObject({ code: 'request.invalid_configuration' });
    await expect(loaded).rejects.toThrow(message);
  });

  it.each([
    ['colour: red', /colour.*concurrency/],
    ['limits: { maxBites: 3 }', /limits\.maxBites/],
    ['toString: 3', /toString/],
    ['- concurrency', /settings by name/],
    ['concurrency: [', /docket\.config\.yaml/],
  ])('refuses the file %j, naming it', async (text, message) => {
    await write(text);
    const loaded = load();
    await expect(loaded).rejects.toMatchObject({ code: 'request.invalid_configuration' });
    await expect(loaded).rejects.toThrow(message);
    await expect(loaded).rejects.toThrow(join(folder, 'docket.config.yaml'));
  });
});

describe('the names of variables', () => {
  it.each([
    ['home', 'DOCKET_HOME'],
    ['limits.maxBytes', 'DOCKET_LIMITS_MAX_BYTES'],
    ['workers.maxMemoryMb', 'DOCKET_WORKERS_MAX_MEMORY_MB'],
  ])('%s is %s', (key, name) => {
    expect(environmentName(key)).toBe(name);
  });

  it('differ from each other', () => {
    const names = Object.keys(SETTINGS).map(environmentName);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('configurationTable', () => {
  it('shows every setting, and nothing of this machine', () => {
    const table = configurationTable();
    for (const key of Object.keys(SETTINGS)) expect(table).toContain(`| \`${key}\` | \`${environmentName(key)}\` |`);
    expect(table).toContain('~/.docket');
    expect(table.split('\n')).toHaveLength(Object.keys(SETTINGS).length + 2);
  });
});
