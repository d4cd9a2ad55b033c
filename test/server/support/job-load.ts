import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { below, type Random, randomFrom } from '../../support/random.js';
import { ApiClient, type ApiJob } from './api-client.js';
import { type TestDocument, variantOf } from './documents.js';

const RETRY_MS = 10;

/** Share of jobs that come with a document of their own. */
const UPLOAD_SHARE = 0.3;

/** Longest pause of a creator between two jobs. */
const LONGEST_PAUSE_MS = 100;

/** A job whose create was answered. */
export interface AcceptedJob {
  readonly transactionId: string;
  readonly id: string;
  /** Name of the fixture that it classifies. */
  readonly document: string;
}

/** What is created. */
export interface LoadOptions {
  readonly documents: readonly TestDocument[];
  readonly rules: readonly { readonly type: string; readonly description: string }[];
  readonly creators: number;
  readonly seed: number;
  /** What transaction ids begin with, where several loads go to one database. @default 'creator' */
  readonly prefix?: string;
  /** Jobs that one server is given at most, about: a slow machine would be left with more than it works off. */
  readonly mostForOneServer?: number;
}

/**
 * Clients that go on creating jobs, whatever becomes of the server: each tries again until it is answered. Disposing of it
 * gives up what they have begun, for a test that failed.
 */
export class JobLoad implements AsyncDisposable {
  readonly accepted: AcceptedJob[] = [];
  /** Answers that no client can do anything with. */
  readonly refusals: string[] = [];
  /** Requests that broke, or met no server. */
  broken = 0;
  private url: string | undefined;
  /** Jobs that the server of the moment may still be given. */
  private allowed = 0;
  private readonly events = new EventEmitter();
  private stopping = false;
  private readonly abortion = new AbortController();
  private readonly creators: Promise<void>[];

  constructor(private readonly options: LoadOptions) {
    this.creators = Array.from({ length: options.creators }, (_, number) => {
      return this.create(number, randomFrom(options.seed + number));
    });
    // Until somebody waits for them.
    for (const creator of this.creators) creator.catch(() => {});
  }

  /** Says where the server is. */
  serverIsAt(url: string): void {
    this.url = url;
    this.allowed = this.options.mostForOneServer ?? Number.POSITIVE_INFINITY;
    this.events.emit('server');
  }

  /** Says that it is gone: who has something to send waits for the next one. */
  serverIsGone(): void {
    this.url = undefined;
  }

  /** Waits until the next request is on its way. */
  async nextRequest(): Promise<void> {
    await once(this.events, 'request', { signal: this.abortion.signal });
  }

  /** Lets every creator bring what it has begun to its end. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.events.emit('server');
    await Promise.all(this.creators);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stopping = true;
    this.abortion.abort();
    await Promise.allSettled(this.creators);
  }

  private async create(creator: number, random: Random): Promise<void> {
    const { documents, rules } = this.options;
    const uploaded = new Map<string, string>();
    for (let number = 0; await this.mayCreate(); number++) {
      const document = documents[below(documents.length, random)];
      if (!document) throw new Error('there are no documents');
      let fileId = uploaded.get(document.name);
      if (fileId === undefined || random() < UPLOAD_SHARE) {
        const variant = variantOf(document, creator + this.options.creators * number);
        fileId = (await this.untilAnswered((client) => client.upload(variant))).id;
        uploaded.set(document.name, fileId);
      }
      const transactionId = `${this.options.prefix ?? 'creator'}-${creator}-job-${number}`;
      const body = { file_input: fileId, configuration: { rules }, transaction_id: transactionId };
      const { id }: ApiJob = await this.untilAnswered((client) => client.create(body));
      this.accepted.push({ transactionId, id, document: document.name });
      await delay(random() * LONGEST_PAUSE_MS);
    }
  }

  /** Waits for a server that may be given another job. @returns Whether there is to be another */
  private async mayCreate(): Promise<boolean> {
    while (!this.stopping && this.allowed <= 0) await once(this.events, 'server', { signal: this.abortion.signal });
    this.allowed--;
    return !this.stopping;
  }

  private async untilAnswered<Answer>(ask: (client: ApiClient) => Promise<Answer>): Promise<Answer> {
    const { signal } = this.abortion;
    for (;;) {
      signal.throwIfAborted();
      while (this.url === undefined) await once(this.events, 'server', { signal });
      try {
        const answer = ask(new ApiClient(this.url));
        this.events.emit('request');
        return await answer;
      } catch (error) {
        // fetch throws a TypeError when the connection breaks.
        if (error instanceof TypeError) this.broken++;
        else this.refusals.push(String(error));
        await delay(RETRY_MS);
      }
    }
  }
}
