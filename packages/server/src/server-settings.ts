import { DocketError, type SettingValues, timeToLiveMs } from '@docket/core';
import { readApiKeyFile } from './http/api-keys.js';
import { isLoopback } from './http/loopback.js';
import type { ServerSettings } from './services.js';

const BYTES_PER_MIB = 1024 * 1024;

/** Settings, and what the operator should know of them. */
export interface CheckedSettings {
  readonly settings: ServerSettings;
  readonly warnings: readonly string[];
}

/**
 * What the configuration says of the server.
 * @throws DocketError `request.invalid_configuration`, also for an address that others could reach without a key;
 *   `resource.file_not_found` (API key file)
 */
export async function readServerSettings(values: SettingValues): Promise<CheckedSettings> {
  const host = values['server.host'];
  const apiKeyFile = values['server.apiKeyFile'];
  const publicUrl = values['server.publicUrl'].replace(/\/+$/, '');
  const keys = apiKeyFile === '' ? undefined : await readApiKeyFile(apiKeyFile);
  if (!keys && !isLoopback(host) && !values['server.allowAnonymous']) throw refuseOpenAddress(host);
  const fileRetentionMs = timeToLiveMs(values['retention.files']);
  const settings: ServerSettings = {
    host,
    ...(publicUrl === '' ? {} : { publicUrl }),
    ...(keys ? { apiKeyHashes: keys.hashes } : {}),
    allowOrigins: readOrigins(values['server.allowOrigin']),
    maxUploadBytes: values['limits.maxBytes'],
    ...(fileRetentionMs === undefined ? {} : { fileRetentionMs }),
    maxPendingJobs: values['jobs.maxPending'],
    minFreeBytes: values['disk.minFreeMb'] * BYTES_PER_MIB,
    purgeQuotesOnDelete: values['privacy.purgeQuotesOnDelete'],
  };
  return { settings, warnings: keys?.warning === undefined ? [] : [keys.warning] };
}

function readOrigins(text: string): string[] {
  const items = text.split(',').map((item) => item.trim());
  return items.filter((item) => item !== '').map(readOrigin);
}

function readOrigin(text: string): string {
  const origin = URL.canParse(text) ? new URL(text).origin : 'null';
  if (origin !== 'null' && origin === text.replace(/\/$/, '')) return origin;
  const message = `the setting server.allowOrigin has "${text}", which is no origin; write it like https://intranet.example`;
  throw new DocketError('request.invalid_configuration', message, { data: { origin: text } });
}

function refuseOpenAddress(host: string): DocketError {
  const message = `${host} can be reached by others, and no API key is configured; give --api-key-file, or --allow-anonymous if everybody who reaches it may use it`;
  return new DocketError('request.invalid_configuration', message, { data: { host } });
}
