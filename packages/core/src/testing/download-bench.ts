import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DownloadedFile } from '../models/pull/check-download.js';
import { type DownloadOptions, downloadFile } from '../models/pull/download-file.js';
import { HubClient, type HubRepository } from '../models/pull/hub-client.js';
import { thrownBy } from './ask-hub.js';
import { FakeHub } from './fake-hub.js';

/** The large file of the fake hub. */
export const CONTENT = Buffer.from(Array.from({ length: 500_000 }, (_, index) => (index * 31 + (index >> 9)) % 256));
/** Where it lies. */
export const PATH = 'onnx/model.onnx';
/** Requests for it that are not just redirected. */
export const STORED = /^\/objects\//;

/** A folder into which the large file of a fake hub is downloaded; three tries, and 150 ms of silence. */
export class DownloadBench implements AsyncDisposable {
  readonly hub: FakeHub;
  readonly client: HubClient;
  readonly folder: string;

  private constructor(hub: FakeHub, client: HubClient, folder: string) {
    this.hub = hub;
    this.client = client;
    this.folder = folder;
  }

  static async start(): Promise<DownloadBench> {
    const hub = await FakeHub.start({ [PATH]: CONTENT });
    const retries = { attempts: 3, pauseMs: 5, maxPauseMs: 2000 };
    const client = await HubClient.open({ hub: hub.url, environment: {}, silenceMs: 150, retries });
    return new DownloadBench(hub, client, await mkdtemp(join(tmpdir(), 'docket-download-')));
  }

  get target(): string {
    return join(this.folder, 'files', PATH);
  }

  get part(): string {
    return join(this.folder, 'parts', `${PATH}.part`);
  }

  /** The repository; `terse`: of a hub that says neither sizes nor hashes. */
  async describe(manner: 'talkative' | 'terse' = 'talkative'): Promise<HubRepository> {
    this.hub.isTerse = manner === 'terse';
    return this.client.describe('owner/model', 'main');
  }

  async download(options: Partial<DownloadOptions> = {}): Promise<DownloadedFile> {
    const { client, folder } = this;
    const repository = options.repository ?? (await this.describe());
    const file = repository.files.get(PATH) ?? { path: PATH };
    return downloadFile({ client, repository, file, folder, expected: {}, ...options });
  }

  /** What a download throws; fails when there is a file all the same. */
  async failure(options: Partial<DownloadOptions> = {}) {
    const error = await thrownBy(this.download(options));
    if (existsSync(this.target)) throw new Error('a download failed and left a file', { cause: error });
    return error;
  }

  /** Whether the file is here as the hub has it, and its part is gone. */
  async isWhole(): Promise<boolean> {
    return (await readFile(this.target)).equals(CONTENT) && !existsSync(this.part);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client[Symbol.asyncDispose]();
    await this.hub[Symbol.asyncDispose]();
    await rm(this.folder, { recursive: true, force: true });
  }
}
