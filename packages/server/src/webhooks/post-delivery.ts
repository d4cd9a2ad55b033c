import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { HostResolver, ResolvedAddress } from './resolve-host.js';

/** One request. */
export interface DeliveryRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What {@link postDelivery} works with. */
export interface PostOptions {
  readonly resolver: HostResolver;
  /** For the whole: looking up, connecting, sending, and the answer; one whose status came is not waited for longer than this either. */
  readonly timeoutMs: number;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** What came back: a status, or a few words on why there is none. */
export interface PostResult {
  readonly statusCode?: number;
  readonly error?: string;
  /** What the answer asks to wait before the next request. */
  readonly retryAfterMs?: number;
}

/** Most bytes that are read of an answer; nothing of them is kept. */
const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_HEADER_BYTES = 16 * 1024;

/**
 * Sends one request and follows no redirect. The name is looked up once, and only addresses that were allowed are connected to.
 * Never rejects.
 */
export async function postDelivery(request: DeliveryRequest, options: PostOptions): Promise<PostResult> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = AbortSignal.any([options.signal, timeout]);
  try {
    const resolution = await options.resolver.resolve(request.url, signal);
    if ('refusal' in resolution) return { error: resolution.refusal };
    return await post(request, resolution.addresses, signal);
  } catch (error) {
    return { error: timeout.aborted ? `no answer within ${options.timeoutMs / 1000} s` : describeFailure(error) };
  }
}

function post(
  { url, headers, body }: DeliveryRequest,
  addresses: readonly ResolvedAddress[],
  signal: AbortSignal,
): Promise<PostResult> {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: 'POST',
      // A connection of its own: a pool could hand out one to an address that was allowed before.
      agent: false,
      lookup: answerWith(addresses),
      headers: { ...headers, 'content-length': body.length },
      maxHeaderSize: MAX_HEADER_BYTES,
      signal,
    });
    // The status is the answer, whatever becomes of the rest: it may break off, or never end.
    let answer: PostResult | undefined;
    const end = (error: Error) => (answer ? resolve(answer) : reject(error));
    request.on('response', (response) => {
      answer = readAnswer(response.statusCode ?? 0, response.headers['retry-after']);
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MAX_ANSWER_BYTES) response.destroy();
      });
      response.on('error', () => {});
      response.on('close', () => end(new Error('closed')));
    });
    request.on('error', end);
    request.on('close', () => end(new Error('closed')));
    request.end(body);
  });
}

function answerWith(addresses: readonly ResolvedAddress[]): LookupFunction {
  return (_name, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };
}

function readAnswer(statusCode: number, retryAfter: string | undefined): PostResult {
  const seconds = retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined;
  const dateMs = retryAfter === undefined || seconds !== undefined ? Number.NaN : Date.parse(retryAfter) - Date.now();
  const retryAfterMs = seconds === undefined ? dateMs : seconds * 1000;
  return { statusCode, ...(retryAfterMs > 0 ? { retryAfterMs } : {}) };
}

/** Codes alone: messages may repeat what was sent. */
function describeFailure(error: unknown): string {
  const { code, errors } = error as {
    readonly code?: unknown;
    readonly errors?: readonly { readonly code?: unknown }[];
  };
  const known = code ?? errors?.[0]?.code;
  return typeof known === 'string' ? `no connection (${known})` : 'the connection ended without an answer';
}
