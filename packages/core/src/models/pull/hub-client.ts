import { z } from 'zod';
import { DocketError } from '../../errors.js';
import { type Environment, type HubAnswer, HubConnection } from './hub-connection.js';
import { hubError } from './hub-error.js';
import { refusalOf } from './hub-refusal.js';
import { DEFAULT_RETRIES, type RetryPolicy, withRetries } from './with-retries.js';

/** A file as the hub's list has it. */
export interface HubFile {
  readonly path: string;
  readonly bytes?: number | undefined;
  /** Announced for the large files alone. */
  readonly sha256?: string | undefined;
}

/** A repository at one commit. */
export interface HubRepository {
  /** `owner/name`. */
  readonly repository: string;
  readonly commit: string;
  readonly files: ReadonlyMap<string, HubFile>;
  /** As its card states it, such as `mit`. */
  readonly licence?: string | undefined;
  readonly languages?: readonly string[] | undefined;
}

/** What a {@link HubClient} is opened with. */
export interface HubClientOptions {
  /** Base URL, with or without a path. @default DOCKET_HUB of the environment, or {@link DEFAULT_HUB} */
  readonly hub?: string | undefined;
  /** Where `DOCKET_HUB`, `HF_TOKEN` and the proxies are read from. */
  readonly environment: Environment;
  /** How long the hub may send nothing. Milliseconds. @default 30000 */
  readonly silenceMs?: number | undefined;
  readonly retries?: RetryPolicy | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The hub that is asked without a word about another. */
export const DEFAULT_HUB = 'https://huggingface.co';

const MAX_LIST_BYTES = 16_000_000;

const commitSchema = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);
const bytesSchema = z.number().int().nonnegative();

const listSchema = z.object({
  sha: commitSchema,
  siblings: z.array(
    z.object({
      rfilename: z.string().min(1),
      size: bytesSchema.nullish(),
      lfs: z.object({ sha256: hashSchema.nullish(), size: bytesSchema.nullish() }).nullish(),
    }),
  ),
  cardData: z
    .object({
      license: z.string().optional().catch(undefined),
      language: z
        .union([z.string().transform((language) => [language]), z.array(z.string())])
        .optional()
        .catch(undefined),
    })
    .nullish()
    .catch(undefined),
});

/** Whether a revision names one commit for good. */
export function isCommit(revision: string): boolean {
  return commitSchema.safeParse(revision).success;
}

/**
 * Speaks the file API of a hub: lists a repository at a revision, and opens its files.
 * Its errors carry the reason of a failure in `data.reason`; see `hub-error.ts`.
 */
export class HubClient implements AsyncDisposable {
  readonly hub: URL;
  readonly retries: RetryPolicy;
  readonly signal: AbortSignal | undefined;
  readonly #connection: HubConnection;

  private constructor(hub: URL, connection: HubConnection, options: HubClientOptions) {
    this.hub = hub;
    this.#connection = connection;
    this.retries = options.retries ?? DEFAULT_RETRIES;
    this.signal = options.signal;
  }

  /** @throws DocketError `request.invalid_input` for a wrong URL of the hub or of a proxy */
  static async open(options: HubClientOptions): Promise<HubClient> {
    const { environment, signal, silenceMs = 30_000 } = options;
    const hub = hubUrl(options.hub || environment['DOCKET_HUB'] || DEFAULT_HUB);
    return new HubClient(hub, await HubConnection.open({ hub, environment, silenceMs, signal }), options);
  }

  /**
   * Lists a repository.
   * @param revision A commit, branch or tag
   * @throws DocketError `resource.not_found`, `resource.unreadable`, `model.incompatible` (a page of a captive portal)
   */
  async describe(repository: string, revision: string): Promise<HubRepository> {
    const url = this.#url(`api/models/${repository}/revision/${encodeURIComponent(revision)}?blobs=true`);
    const text = await withRetries(async () => this.#readText(await this.#open(url, repository, revision)), {
      policy: this.retries,
      signal: this.signal,
    });
    const list = listSchema.safeParse(parseJson(text));
    if (!list.success) {
      const message = `${url.host} does not answer like a hub about ${repository}: ${z.prettifyError(list.error)}; check --hub`;
      throw hubError('invalid_answer', message, { data: { repository } });
    }
    const { sha: commit, siblings, cardData } = list.data;
    if (isCommit(revision) && commit !== revision) {
      const message = `${url.host} was asked for commit ${revision} of ${repository} and answered with ${commit}; do not use this hub`;
      throw hubError('hash_mismatch', message, { data: { repository, expected: revision, actual: commit } });
    }
    const files = siblings.map(({ rfilename: path, size, lfs }): [string, HubFile] => [
      path,
      { path, bytes: lfs?.size ?? size ?? undefined, sha256: lfs?.sha256 ?? undefined },
    ]);
    return {
      repository,
      commit,
      files: new Map(files),
      licence: cardData?.license,
      languages: cardData?.language,
    };
  }

  /**
   * Opens a file at a commit, once, without another try.
   * @param headers Such as `range`
   * @returns An answer of status 200, 206 or 416
   * @throws DocketError `resource.not_found`, `resource.unreadable`, `model.incompatible`
   */
  openFile(
    { repository, commit }: { readonly repository: string; readonly commit: string },
    path: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<HubAnswer> {
    const encoded = path.split('/').map(encodeURIComponent).join('/');
    return this.#open(this.#url(`${repository}/resolve/${commit}/${encoded}`), repository, commit, path, headers);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection[Symbol.asyncDispose]();
  }

  #url(path: string): URL {
    return new URL(`${this.hub.href.replace(/\/$/, '')}/${path}`);
  }

  async #open(
    url: URL,
    repository: string,
    revision: string,
    path?: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<HubAnswer> {
    const answer = await this.#connection.get(url, headers);
    const refusal = refusalOf(answer, { repository, revision, path });
    if (!refusal) return answer;
    await answer.discard();
    throw refusal;
  }

  async #readText(answer: HubAnswer): Promise<string> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of answer.body) {
      bytes += chunk.length;
      if (bytes > MAX_LIST_BYTES)
        throw hubError('too_long', `the list of files from ${answer.url.host} has no end; check --hub`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function hubUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isUsable = url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
  if (isUsable) return url;
  const message = `the hub ${url ? `${url.protocol}//${url.host}` : JSON.stringify(text)} is not usable; write it like ${DEFAULT_HUB}, with a token in HF_TOKEN, not in the URL`;
  throw new DocketError('request.invalid_input', message);
}
