import type { DocketError } from '../errors.js';
import { HubClient, type HubClientOptions } from '../models/pull/hub-client.js';
import { FAKE_COMMIT, type FakeHub } from './fake-hub.js';

const RETRIES = { attempts: 3, pauseMs: 5, maxPauseMs: 1500 };

/** What a client is opened with when a test says nothing else: nothing of the environment, and little patience. */
function openClient(hub: FakeHub, options: Partial<HubClientOptions>): Promise<HubClient> {
  return HubClient.open({ hub: hub.url, environment: {}, silenceMs: 500, retries: RETRIES, ...options });
}

/** Asks a hub for the list of `owner/model` with a client of its own. */
export async function describeRepository(
  hub: FakeHub,
  options: Partial<HubClientOptions> = {},
  { repository = 'owner/model', revision = 'main' } = {},
) {
  await using client = await openClient(hub, options);
  return await client.describe(repository, revision);
}

/** Reads a file of a hub with a client of its own. */
export async function readHubFile(
  hub: FakeHub,
  options: Partial<HubClientOptions> = {},
  path = 'onnx/model.onnx',
): Promise<string> {
  await using client = await openClient(hub, options);
  const answer = await client.openFile({ repository: 'owner/model', commit: FAKE_COMMIT }, path, {});
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** What some work throws; a text if it throws nothing. */
export async function thrownBy(work: Promise<unknown>): Promise<DocketError> {
  return (await work.then(
    () => 'nothing was thrown',
    (thrown: unknown) => thrown,
  )) as DocketError;
}
