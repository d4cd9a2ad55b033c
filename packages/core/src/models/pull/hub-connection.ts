import type { Dispatcher } from 'undici';
import { DocketError } from '../../errors.js';
import { failureOf, hubError, networkError } from './hub-error.js';

/** Variables of the environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a {@link HubConnection} is opened with. */
export interface HubConnectionOptions {
  /** Base URL of the hub. The token goes to its host alone. */
  readonly hub: URL;
  /** `HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY` (in either case) and `HF_TOKEN` are read. */
  readonly environment: Environment;
  /** How long a host may send nothing, in any phase. Milliseconds. */
  readonly silenceMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** The answer at the end of all redirects. */
export interface HubAnswer {
  readonly url: URL;
  readonly status: number;
  /** Value of a header of this answer, by its lower-case name. */
  header(name: string): string | undefined;
  /** Value of a header that the hub itself sent on the way here, such as `x-linked-etag`. */
  announced(name: string): string | undefined;
  /** The body; to be read once, to its end. Fails when the host falls silent. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Gives the body up. */
  discard(): Promise<void>;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

const MAX_REDIRECTS = 8;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Speaks HTTP with a hub and the hosts that it redirects to, through the proxies of the environment.
 *
 * This is the only code of the core that opens an outgoing connection. It runs in `docket models pull` and nowhere else, and the
 * library for it is loaded when it runs. (The server opens others for webhooks, the store for PostgreSQL.)
 */
export class HubConnection implements AsyncDisposable {
  readonly #options: HubConnectionOptions;
  readonly #request: typeof import('undici').request;
  readonly #dispatcher: Dispatcher;

  private constructor(options: HubConnectionOptions, request: typeof import('undici').request, dispatcher: Dispatcher) {
    this.#options = options;
    this.#request = request;
    this.#dispatcher = dispatcher;
  }

  /** @throws DocketError `request.invalid_configuration` for a proxy that is no URL */
  static async open(options: HubConnectionOptions): Promise<HubConnection> {
    const { EnvHttpProxyAgent, request } = await import('undici');
    const { environment } = options;
    // An empty text: what the process has in its own environment is not looked at.
    const variable = (name: string) => environment[name.toLowerCase()] ?? environment[name] ?? '';
    const httpProxy = proxyUrl(variable('HTTP_PROXY'), 'HTTP_PROXY');
    const httpsProxy = proxyUrl(variable('HTTPS_PROXY'), 'HTTPS_PROXY');
    const noProxy = variable('NO_PROXY');
    // Most proxies refuse CONNECT for plain HTTP.
    const dispatcher = new EnvHttpProxyAgent({ httpProxy, httpsProxy, noProxy, proxyTunnel: false });
    return new HubConnection(options, request, dispatcher);
  }

  /**
   * Asks for a URL and follows where it leads.
   * @throws DocketError with the reason of {@link networkError}, `silent`, or `invalid_answer` for a wrong redirect
   */
  async get(url: URL, headers: Readonly<Record<string, string>> = {}): Promise<HubAnswer> {
    const { hub } = this.#options;
    const announced: Record<string, string | string[] | undefined> = {};
    let place = url;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      const answer = await this.#ask(place, headers);
      if (place.origin === hub.origin) Object.assign(announced, answer.headers);
      const location = first(answer.headers, 'location');
      if (!REDIRECTS.has(answer.status) || location === undefined) {
        const { status, headers: received, body, discard } = answer;
        return {
          url: place,
          status,
          header: (name) => first(received, name),
          announced: (name) => first(announced, name),
          body,
          discard,
        };
      }
      await answer.discard();
      place = redirected(place, location);
    }
    throw hubError('invalid_answer', `${url.host} redirects without end; check --hub`, { data: { host: url.host } });
  }

  async #ask(url: URL, headers: Readonly<Record<string, string>>) {
    const { hub, environment, silenceMs, signal } = this.#options;
    signal?.throwIfAborted();
    const token = url.origin === hub.origin ? environment['HF_TOKEN'] : undefined;
    const stop = new AbortController();
    const signals = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
    const fail = (thrown: unknown): never => {
      signals.throwIfAborted();
      throw failureOf(thrown) ? thrown : networkError(thrown, url);
    };
    const listen = <T>(work: Promise<T>) => withinSilence(work, { silenceMs, stop, url }).catch(fail);
    const answer = await listen(
      this.#request(url, {
        dispatcher: this.#dispatcher,
        signal: signals,
        headersTimeout: 0,
        bodyTimeout: 0,
        headers: {
          'user-agent': 'docket',
          'accept-encoding': 'identity',
          ...headers,
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
      }),
    );
    return {
      status: answer.statusCode,
      headers: answer.headers as Headers,
      body: attended(answer.body, listen),
      // A body that nobody reads must not become an uncaught error.
      discard: () => answer.body.dump({ limit: 65_536, signal: AbortSignal.timeout(silenceMs) }).catch(() => {}),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#dispatcher.destroy();
  }
}

/** The value is not shown: it may hold a password. */
function proxyUrl(text: string, variable: string): string {
  if (text === '' || /^(?:https?|socks5?):\/\/./.test(text)) return text;
  throw new DocketError('request.invalid_configuration', `${variable} is no URL; write it like http://proxy:3128`);
}

/** The chunks of a body, each awaited by `listen`. */
async function* attended(body: AsyncIterable<Uint8Array>, listen: <T>(work: Promise<T>) => Promise<T>) {
  const chunks = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await listen(chunks.next());
      if (done) return;
      yield value as Uint8Array;
    }
  } finally {
    await chunks.return?.().catch(() => {});
  }
}

async function withinSilence<T>(
  work: Promise<T>,
  { silenceMs, stop, url }: { silenceMs: number; stop: AbortController; url: URL },
): Promise<T> {
  const message = `${url.host} has sent nothing for ${silenceMs / 1000} seconds; run the command again, it goes on where it stopped`;
  const timer = setTimeout(() => stop.abort(hubError('silent', message, { data: { host: url.host } })), silenceMs);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

function redirected(from: URL, location: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  const isSafe = to?.protocol === 'https:' || (to?.protocol === 'http:' && from.protocol === 'http:');
  if (to && isSafe) return to;
  const message = `${from.host} redirects to ${to ? `${to.protocol}//${to.host}` : 'no address'}, which is not followed; check --hub`;
  throw hubError('invalid_answer', message, { data: { host: from.host } });
}

function first(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
