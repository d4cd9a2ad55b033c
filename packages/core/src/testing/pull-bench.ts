import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CatalogueEntry } from '../models/catalogue.js';
import { type InstallDetails, type PulledModel, type PullOptions, pullModel } from '../models/pull-model.js';
import { FakeHub } from './fake-hub.js';

/** The large file of the fake hub. */
export const GRAPH = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 89 + (index >> 8)) % 256));
/** What the fake hub has. */
export const FILES = {
  'config.json': '{"model_type":"bert"}',
  'tokenizer.json': '{"model":{}}',
  'onnx/model.onnx': GRAPH,
  'onnx/model_quantized.onnx': 'small graph',
  'README.md': '# words',
};
/** The catalogue's only model. */
export const ENTRY: CatalogueEntry = {
  name: 'tiny',
  repository: 'owner/model',
  revision: 'main',
  tasks: ['embedding'],
  sizeMb: 1,
  languages: ['en'],
  licence: 'MIT',
  hashes: 'first-use',
  files: [
    { path: 'config.json' },
    { path: 'tokenizer.json' },
    { path: 'vocab.txt', optional: true },
    { path: 'onnx/model.onnx' },
  ],
  pooling: 'mean',
  prefixes: { rule: '', passage: '' },
  chooseWhen: 'You test whether pulling works.',
};
/** Little patience. */
export const RETRIES = { attempts: 3, pauseMs: 5, maxPauseMs: 2000 };

/** A home into which the model `tiny` of a fake hub is pulled. */
export class PullBench implements AsyncDisposable {
  /** What was handed on to be installed, with the files that lay there. */
  installed: { details: InstallDetails; files: Record<string, Buffer> }[] = [];
  readonly hub: FakeHub;
  readonly folder: string;

  private constructor(hub: FakeHub, folder: string) {
    this.hub = hub;
    this.folder = folder;
  }

  static async start(): Promise<PullBench> {
    return new PullBench(await FakeHub.start(FILES), await mkdtemp(join(tmpdir(), 'docket-pull-')));
  }

  pull(options: Partial<PullOptions<string>> = {}): Promise<PulledModel<string>> {
    return pullModel({
      name: 'tiny',
      hub: this.hub.url,
      folder: this.folder,
      install: (from, details) => this.#install(from, details),
      environment: {},
      catalogue: [ENTRY],
      retries: RETRIES,
      silenceMs: 2000,
      ...options,
    });
  }

  /** What a pull throws; `installed` tells whether it installed something. */
  async failure(options: Partial<PullOptions<string>> = {}): Promise<{ thrown: unknown; installed: boolean }> {
    const before = this.installed.length;
    const thrown = await this.pull(options).then(
      () => 'nothing was thrown',
      (error: unknown) => error,
    );
    return { thrown, installed: this.installed.length > before };
  }

  /** Everything below the folder of downloads. */
  downloads(): Promise<string[]> {
    return readdir(join(this.folder, '.downloads'), { recursive: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.hub[Symbol.asyncDispose]();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #install(from: string, details: InstallDetails): Promise<string> {
    const entries = await readdir(from, { recursive: true, withFileTypes: true });
    const files: Record<string, Buffer> = {};
    for (const entry of entries.filter((found) => found.isFile())) {
      const path = join(entry.parentPath, entry.name);
      files[path.slice(from.length + 1)] = await readFile(path);
    }
    this.installed.push({ details, files });
    return `installed ${details.name}`;
  }
}
