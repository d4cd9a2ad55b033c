import { batch, effect, type ReadonlySignal, signal } from '@preact/signals';
import { ApiError } from '../../api/api-error.js';
import { isAbort } from '../../api/describe-error.js';
import { limitConcurrency } from '../../common/limit-concurrency.js';
import type { RuleList } from '../../rules/rule-list.js';
import type { ScoreApi } from './score-api.js';
import { type TriedDocument, withAnswer, withError } from './tried-document.js';

const MOST_UPLOADS = 2;
const MOST_SCORES = 4;

/** Short enough to follow one's typing, long enough not to score each letter. */
const PAUSE_MS = 200;

/** Documents that rules are tried on, and their answers. */
export interface TrySession {
  readonly documents: ReadonlySignal<readonly TriedDocument[]>;
  readonly rules: RuleList;
  /** Uploads files and scores them. @returns the keys of the documents */
  add(files: readonly { readonly name: string; readonly blob: Blob }[]): string[];
  /** Takes documents up that the server still has. */
  restore(files: readonly { readonly name: string; readonly fileId: string }[]): void;
  /** Deletes documents here and on the server. @throws ApiError when the server does not delete one */
  remove(keys: readonly string[]): Promise<void>;
  /** Scores every document now; one that could not be uploaded is uploaded again. */
  scoreAll(): void;
}

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

/** Makes a session: when the rules rest for a moment, every document is scored again. */
export function makeTrySession({ api, rules, pageId, onSettled }: TrySessionOptions): TrySession {
  const documents = signal<readonly TriedDocument[]>([]);
  const running = new Map<string, AbortController>();
  const limitUploads = limitConcurrency(MOST_UPLOADS);
  const limitScores = limitConcurrency(MOST_SCORES);
  let lastKey = 0;

  const find = (key: string) => documents.value.find((document) => document.key === key);
  const update = (key: string, change: (document: TriedDocument) => TriedDocument) => {
    documents.value = documents.value.map((document) => (document.key === key ? change(document) : document));
  };
  let settled: Settled[] = [];
  const settle = (key: string, change: (document: TriedDocument) => TriedDocument) => {
    const before = find(key);
    update(key, change);
    const after = find(key);
    if (before && after) settled.push({ before, after });
    if (documents.value.some(isOnItsWay)) return;
    onSettled?.(settled);
    settled = [];
  };
  const startUpload = (key: string, file: Blob, name: string) => {
    update(key, ({ error: _, ...document }) => ({ ...document, state: 'uploading' }));
    void upload(key, file, name);
  };
  const upload = async (key: string, file: Blob, name: string) => {
    try {
      const fileId = await limitUploads(async () => (find(key) ? api.upload(file, name) : undefined));
      if (fileId === undefined) return;
      // Removed while it was on its way.
      if (!find(key)) return void (await api.deleteFile(fileId));
      update(key, (document) => ({ ...document, fileId, state: 'waiting' }));
      score(key);
    } catch (error) {
      settle(key, (document) => withError(document, error));
    }
  };
  const score = (key: string) => {
    running.get(key)?.abort();
    const { fileId, file, name = '', state } = find(key) ?? {};
    const complete = rules.complete.peek();
    if (fileId === undefined) {
      if (state === 'failed' && file) startUpload(key, file, name);
      return;
    }
    if (complete.length === 0) return void update(key, withoutAnswer);
    const controller = new AbortController();
    running.set(key, controller);
    const { signal: aborted } = controller;
    update(key, (document) => ({ ...document, state: 'scoring' }));
    const request = {
      fileId,
      rules: complete,
      parsing: rules.parsing.peek(),
      pageId: `${pageId}:${fileId}`,
      signal: aborted,
    };
    const ask = () => (aborted.aborted ? Promise.reject(aborted.reason) : api.score(request));
    limitScores(ask).then(
      (answer) => {
        if (!aborted.aborted) settle(key, (document) => withAnswer(document, answer));
      },
      (error: unknown) => {
        // A newer request of this page took its place.
        if (aborted.aborted || isAbort(error) || isSuperseded(error)) return;
        settle(key, (document) => withError(document, error));
      },
    );
  };
  const scoreAll = () => batch(() => documents.peek().map(({ key }) => score(key)));
  scoreWhenRulesRest(rules, scoreAll);

  return {
    documents,
    rules,
    scoreAll,
    add(files) {
      const added = files.map(({ name, blob }): TriedDocument => {
        lastKey += 1;
        return { key: `document-${lastKey}`, name, file: blob, state: 'uploading' };
      });
      documents.value = [...documents.value, ...added];
      for (const { key, name, file } of added) if (file) void upload(key, file, name);
      return added.map(({ key }) => key);
    },
    restore(files) {
      const restored = files.map(({ name, fileId }): TriedDocument => {
        lastKey += 1;
        return { key: `document-${lastKey}`, name, fileId, state: 'waiting' };
      });
      documents.value = [...documents.value, ...restored];
      for (const { key } of restored) score(key);
    },
    async remove(keys) {
      const removed = documents.value.filter(({ key }) => keys.includes(key));
      for (const { key } of removed) running.get(key)?.abort();
      documents.value = documents.value.filter(({ key }) => !keys.includes(key));
      await Promise.all(
        removed.map(async ({ fileId }) => {
          if (fileId !== undefined) await api.deleteFile(fileId).catch(unlessGone);
        }),
      );
    },
  };
}

/** What the API would take of the rules is what counts: half a rule changes nothing. */
function scoreWhenRulesRest(rules: RuleList, scoreAll: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let before: string | undefined;
  effect(() => {
    const now = JSON.stringify([
      rules.complete.value.map(({ type, description }) => [type, description]),
      rules.parsing.value,
    ]);
    if (before === undefined || now === before) {
      before = now;
      return;
    }
    before = now;
    clearTimeout(timer);
    timer = setTimeout(scoreAll, PAUSE_MS);
  });
}

function isOnItsWay({ state }: TriedDocument): boolean {
  return state === 'uploading' || state === 'scoring';
}

function withoutAnswer({
  result: _,
  explanation: __,
  typeBefore: ___,
  error: ____,
  ...rest
}: TriedDocument): TriedDocument {
  return { ...rest, state: 'waiting' };
}

function isSuperseded(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'state.superseded';
}

function unlessGone(error: unknown): void {
  if (!(error instanceof ApiError && error.status === 404)) throw error;
}
