import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { FORM_END, FORM_TYPE, startForm } from './multipart.js';

const CHUNK = Buffer.alloc(64 * 1024, 'x');

/** An upload on its way: a form whose file has begun. */
export interface UploadStream {
  readonly request: ClientRequest;
  /** The answer, as soon as its head is there. */
  readonly response: Promise<IncomingMessage>;
  /** Sends bytes of the file as fast as they are taken, until all are sent or the answer is there. @returns How many were sent */
  send(bytes: number): Promise<number>;
  /** Ends file and form. */
  end(): void;
}

/** Begins an upload, chunked unless the headers say how long it is. */
export function startUpload(url: string, headers: Readonly<Record<string, string>> = {}): UploadStream {
  const upload = request(`${url}/api/v1/beta/files`, {
    method: 'POST',
    headers: { 'content-type': FORM_TYPE, ...headers },
  });
  let isAnswered = false;
  const response = once(upload, 'response').then(([answer]) => {
    isAnswered = true;
    return answer as IncomingMessage;
  });
  response.catch(() => {});
  // What is sent after the answer may meet a closed connection.
  upload.on('error', () => {});
  upload.write(startForm());
  const send = async (bytes: number) => {
    let sent = 0;
    while (sent < bytes && !isAnswered) {
      sent += CHUNK.length;
      if (!upload.write(CHUNK)) await Promise.race([once(upload, 'drain'), response]);
    }
    return sent;
  };
  return { request: upload, response, send, end: () => upload.end(FORM_END) };
}

/** Reads an answer to its end. */
export async function readAnswer(answer: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}
