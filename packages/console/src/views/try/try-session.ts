import { batch, effect, type ReadonlySignal, signal } from '@preact/signals';
import { ApiError } from '../../api/api-error.js';
import { isAbort, isGone } from '../../api/describe-error.js';
import { limitConcurrency } from '../../common/limit-concurrency.js';
import type { RuleList } from '../../rules/rule-list.js';
import type { ScoreApi } from './score-api.js';
import { type TriedDocument, withAnswer, withError, withoutAnswer, withoutFile } from './tried-document.js';

const MOST_UPLOADS = 2;
const MOST_SCORES = 4;

/** Short enough to follow one's typing, long enough not to score each letter. */
const PAUSE_MS = 200;

/** A document before and after it was scored, or failed. */
export interface Settled {
  readonly before: TriedDocument;
  readonly after: TriedDocument;
}

/** What a session is made of. */
export interface TrySessionOptions {
  readonly api: ScoreApi;
  readonly rules: RuleList;
  /** Tells this page from others at the server. */
  readonly pageId: string;
  /** Called when no document is on its way any more, with those that settled since it was called last. */
  readonly onSettled?: (settled: readonly Settled[]) => void;
}

type Change = (document: TriedDocument) => TriedDocument;

/** Documents that rules are tried on. When the rules rest for a moment, every document is scored again. */
export class TrySession {
  private readonly list = signal<readonly TriedDocument[]>([]);
  private readonly running = new Map<string, AbortController>();
  private readonly limitUploads = limitConcurrency(MOST_UPLOADS);
  private readonly limitScores = limitConcurrency(MOST_SCORES);
  /** Ends the wait for the rules to rest: what they are now is scored already. */
  private readonly stopWaiting: () => void;
  /** Documents that were given again since they were scored last. */
  private readonly givenAgain = new Set<string>();
  /** By key. */
  private settled = new Map<string, Settled>();
  private lastKey = 0;

  constructor(private readonly options: TrySessionOptions) {
    this.stopWaiting = scoreWhenRulesRest(options.rules, () => this.scoreAll());
  }

  get documents(): ReadonlySignal<readonly TriedDocument[]> {
    return this.list;
  }

  get rules(): RuleList {
    return this.options.rules;
  }

  /** Uploads files and scores them. @returns the keys of the documents */
  add(files: readonly { readonly name: string; readonly blob: Blob }[]): string[] {
    const added = files.map(({ name, blob }): TriedDocument => {
      return { key: this.nextKey(), name, file: blob, state: 'uploading' };
    });
    this.list.value = [...this.list.value, ...added];
    for (const { key, name, file } of added) if (file) void this.upload(key, file, name);
    return added.map(({ key }) => key);
  }

  /** Takes documents up that the server still has. */
  restore(files: readonly { readonly name: string; readonly fileId: string }[]): void {
    const restored = files.map(({ name, fileId }): TriedDocument => {
      return { key: this.nextKey(), name, fileId, state: 'waiting' };
    });
    this.list.value = [...this.list.value, ...restored];
    for (const { key } of restored) this.score(key);
  }

  /** Deletes documents here and on the server. @throws ApiError when the server does not delete one, which stays then */
  async remove(keys: readonly string[]): Promise<void> {
    const before = this.list.value;
    const removed = before.filter(({ key }) => keys.includes(key));
    this.list.value = before.filter(({ key }) => !keys.includes(key));
    for (const { key } of removed) {
      this.running.get(key)?.abort();
      this.running.delete(key);
    }
    const outcomes = await Promise.allSettled(removed.map(({ fileId }) => this.deleteFile(fileId)));
    const failed = removed.filter((_, index) => outcomes[index]?.status === 'rejected');
    if (failed.length === 0) return;
    this.putBack(failed, before);
    throw outcomes.find((outcome) => outcome.status === 'rejected')?.reason;
  }

  /** Scores every document now; one that could not be uploaded is uploaded again. */
  scoreAll(): void {
    this.stopWaiting();
    batch(() => {
      for (const { key, fileId, file, name, state } of this.list.peek()) {
        if (fileId !== undefined) this.score(key);
        else if (state === 'failed' && file) {
          this.update(key, withoutFile);
          void this.upload(key, file, name);
        }
      }
    });
  }

  private async upload(key: string, file: Blob, name: string): Promise<void> {
    const { api } = this.options;
    try {
      const fileId = await this.limitUploads(async () => (this.find(key) ? api.upload(file, name) : undefined));
      if (fileId === undefined) return;
      // Removed while it was on its way.
      if (!this.find(key)) return await api.deleteFile(fileId);
      this.update(key, (document) => ({ ...document, fileId, state: 'waiting' }));
      this.score(key);
    } catch (error) {
      this.settle(key, (document) => withError(document, error));
    }
  }

  private score(key: string): void {
    this.running.get(key)?.abort();
    const fileId = this.find(key)?.fileId;
    const rules = this.rules.complete.peek();
    if (fileId === undefined) return;
    if (rules.length === 0) {
      this.update(key, withoutAnswer);
      return;
    }
    const controller = new AbortController();
    this.running.set(key, controller);
    this.update(key, (document) => ({ ...document, state: 'scoring' }));
    const { api, pageId } = this.options;
    const parsing = this.rules.parsing.peek();
    const { signal } = controller;
    const ask = async () => {
      signal.throwIfAborted();
      return api.score({ fileId, rules, parsing, pageId: `${pageId}:${fileId}`, signal });
    };
    this.limitScores(ask).then(
      (answer) => {
        if (signal.aborted) return;
        this.givenAgain.delete(key);
        this.settle(key, (document) => withAnswer(document, answer));
      },
      (error: unknown) => {
        // A newer request of this page took its place.
        if (signal.aborted || isAbort(error) || isSuperseded(error)) return;
        if (!isGone(error) || !this.giveAgain(key)) this.settle(key, (document) => withError(document, error));
      },
    );
  }

  /** Uploads what the server has no more, such as after a day. @returns whether that can be done */
  private giveAgain(key: string): boolean {
    const { file, name } = this.find(key) ?? {};
    if (!file || name === undefined || this.givenAgain.has(key)) return false;
    this.givenAgain.add(key);
    this.update(key, withoutFile);
    void this.upload(key, file, name);
    return true;
  }

  private async deleteFile(fileId: string | undefined): Promise<void> {
    if (fileId === undefined) return;
    await this.options.api.deleteFile(fileId).catch((error: unknown) => {
      if (!isGone(error)) throw error;
    });
  }

  /** Takes documents up again where they were, among those that are there now. */
  private putBack(documents: readonly TriedDocument[], before: readonly TriedDocument[]): void {
    const now = new Map([...this.list.value, ...documents].map((document) => [document.key, document]));
    const places = [...before.map(({ key }) => key), ...now.keys()];
    this.list.value = [...new Set(places)].flatMap((key) => now.get(key) ?? []);
    // What was on its way was ended.
    for (const { key, state } of documents) if (state === 'scoring') this.score(key);
  }

  private settle(key: string, change: Change): void {
    const before = this.find(key);
    this.update(key, change);
    const after = this.find(key);
    // One that settles again while others are on their way is told of once.
    if (before && after) this.settled.set(key, { before: this.settled.get(key)?.before ?? before, after });
    if (this.list.value.some(isOnItsWay)) return;
    this.options.onSettled?.([...this.settled.values()]);
    this.settled.clear();
  }

  private update(key: string, change: Change): void {
    this.list.value = this.list.value.map((document) => (document.key === key ? change(document) : document));
  }

  private find(key: string): TriedDocument | undefined {
    return this.list.peek().find((document) => document.key === key);
  }

  private nextKey(): string {
    this.lastKey += 1;
    return `document-${this.lastKey}`;
  }
}

/** What the API would take of the rules is what counts: half a rule changes nothing. @returns what ends the wait */
function scoreWhenRulesRest(rules: RuleList, scoreAll: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let before: string | undefined;
  effect(() => {
    const complete = rules.complete.value.map(({ type, description }) => [type, description]);
    const now = JSON.stringify([complete, rules.parsing.value]);
    const hasChanged = before !== undefined && now !== before;
    before = now;
    if (!hasChanged) return;
    clearTimeout(timer);
    timer = setTimeout(scoreAll, PAUSE_MS);
  });
  return () => clearTimeout(timer);
}

function isOnItsWay({ state }: TriedDocument): boolean {
  return state === 'uploading' || state === 'scoring';
}

function isSuperseded(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'state.superseded';
}
