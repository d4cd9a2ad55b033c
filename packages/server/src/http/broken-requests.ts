import { randomUUID } from 'node:crypto';
import { type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ErrorCode } from '@docket/core';

/** What a client is told that does not speak HTTP as it should. */
interface Refusal {
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
}

const TIMED_OUT: Refusal = {
  status: 408,
  code: 'request.invalid_input',
  detail: 'The request did not come to its end in time',
};

const REFUSALS: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: TIMED_OUT,
  HPE_HEADER_OVERFLOW: { status: 431, code: 'request.too_large', detail: 'The headers of the request are too long' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: 413,
    code: 'request.too_large',
    detail: 'The chunk extensions of the request are too long',
  },
};

const UNEXPECTED: Refusal = {
  status: 417,
  code: 'request.invalid_input',
  detail: 'Of the header expect, only 100-continue is understood',
};

const MALFORMED: Refusal = { status: 400, code: 'request.invalid_input', detail: 'The request is not valid HTTP' };

/** Answers what the HTTP parser refuses, in the form of all errors, and closes the connection. */
export function answerBrokenRequests(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    refuse(socket, REFUSALS[error.code ?? ''] ?? MALFORMED);
  });
  server.on('checkExpectation', ({ socket }) => refuse(socket, UNEXPECTED));
}

/** Tells a client that it took too long, and closes the connection. */
export function refuseTimedOut(socket: Duplex): void {
  refuse(socket, TIMED_OUT);
}

function refuse(socket: Duplex & { destroySoon?: () => void }, { status, code, detail }: Refusal): void {
  if (!socket.writable || hasBegunToAnswer(socket)) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify({ detail });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    'content-type: application/json',
    `content-length: ${body.length}`,
    `docket-error-code: ${code}`,
    'x-content-type-options: nosniff',
    `x-request-id: ${randomUUID()}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon?.();
}

/** A second answer in the middle of a first one would be taken for a part of it. */
function hasBegunToAnswer(socket: Duplex): boolean {
  const { _httpMessage: answer } = socket as { _httpMessage?: { readonly headersSent?: boolean } | null };
  return answer?.headersSent === true;
}
