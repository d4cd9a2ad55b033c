import { type ClientRequest, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A request that is under way: its headers are sent, its body is up to the caller. */
export interface OpenRequest {
  readonly outgoing: ClientRequest;
  /** Rejects when the connection breaks before the answer is complete. */
  readonly answer: Promise<RawAnswer>;
  /** Whether any of the answer has come. */
  isAnswered(): boolean;
}

/** Where a request goes and what it says; unlike with `fetch`, any header may be set. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
}

/** Opens a request and sends its headers. */
export function openRequest(url: string, { method, path, headers }: RawRequest): OpenRequest {
  const outgoing = request(new URL(path, url), { method, headers, agent: false });
  let answered = false;
  const answer = new Promise<RawAnswer>((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      answered = true;
      const chunks: Buffer[] = [];
      const isEndless = /^text\/event-stream/.test(incoming.headers['content-type'] ?? '');
      incoming.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (isEndless) end();
      });
      incoming.on('error', reject);
      const end = () => {
        const body = Buffer.concat(chunks).toString('utf8');
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body });
        if (isEndless) outgoing.destroy();
      };
      incoming.on('end', end);
    });
  });
  answer.catch(() => {});
  outgoing.flushHeaders();
  return { outgoing, answer, isAnswered: () => answered };
}

/** Sends a whole request. */
export async function sendRaw(url: string, raw: RawRequest, body: string | Uint8Array = ''): Promise<RawAnswer> {
  const { outgoing, answer } = openRequest(url, raw);
  outgoing.end(body);
  return answer;
}
