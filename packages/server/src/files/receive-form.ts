import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { DocketError, toDocketError } from '@docket/core';
import type { FileStore, ReceivedContent } from '@docket/store';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { refuseEncodedBody } from '../http/content-encoding.js';
import { cleanFileName } from './file-name.js';

/** What a form may weigh beside the file in it. */
const MOST_BYTES_BESIDE_FILE = 4 * 1024 * 1024;

const LIMITS = { fieldSize: 1024 * 1024, fields: 50, parts: 60, headerPairs: 50, headerSize: 32 * 1024 };

/** A form that was received. Disposing of it removes the bytes, unless a file took them over. */
export interface ReceivedForm extends AsyncDisposable {
  /** The part `file`. */
  readonly file?: { readonly name: string; readonly content: ReceivedContent };
  /** The other parts; of several with one name the last. */
  readonly fields: ReadonlyMap<string, string>;
}

/** Where a form comes from and where its file goes. */
export interface ReceiveFormOptions {
  readonly incoming: IncomingMessage;
  readonly files: FileStore;
  /** Most bytes of the file. */
  readonly maxBytes: number;
}

/**
 * Receives a form, parts in any order, its file straight to disk. What is no form has no parts. When it throws, the rest
 * of the body is unread, the connection is alive, and nothing is left on disk.
 * @throws DocketError `request.too_large` as soon as that is known, `request.invalid_input` for what is malformed or
 *   breaks off, `request.unsupported_media_type` when it is compressed, and what the file store throws
 */
export async function receiveForm(options: ReceiveFormOptions): Promise<ReceivedForm> {
  const { 'content-type': contentType = '', 'content-length': contentLength = 0 } = options.incoming.headers;
  if (!/^multipart\/form-data/i.test(contentType)) return makeForm(new Map());
  refuseEncodedBody(options.incoming.headers['content-encoding']);
  if (Number(contentLength) > options.maxBytes + MOST_BYTES_BESIDE_FILE) throw tooLarge(options.maxBytes);
  return new FormReceiver(options).receive();
}

class FormReceiver {
  private readonly fields = new Map<string, string>();
  private readonly stop = new AbortController();
  private readonly parser: BusboyInstance;
  private file?: { readonly name: string; readonly stream: Readable; readonly content: Promise<ReceivedContent> };
  private receivedBytes = 0;

  constructor(private readonly options: ReceiveFormOptions) {
    this.parser = makeParser(options.incoming);
    this.parser.on('field', (name, value, _isNameCut, isCut) => this.acceptField(name, value, isCut));
    this.parser.on('file', (_part, stream, name) => this.acceptFile(stream, name));
    this.parser.on('partsLimit', () => this.fail(malformed('there are too many parts')));
    this.parser.on('fieldsLimit', () => this.fail(malformed('there are too many parts')));
    // Stays until the end: the parser may report the same trouble twice.
    this.parser.on('error', (error) => this.fail(malformed('it is no valid multipart/form-data', error)));
  }

  async receive(): Promise<ReceivedForm> {
    try {
      await this.transfer();
      return makeForm(this.fields, this.file && { name: this.file.name, content: await this.file.content });
    } catch (error) {
      this.file?.stream.destroy(toDocketError(error));
      const content = await this.file?.content.catch(() => undefined);
      await content?.[Symbol.asyncDispose]();
      throw error;
    }
  }

  private acceptField(name: string, value: string, isCut: boolean): void {
    if (isCut) this.fail(malformed(`the part "${name}" is longer than ${LIMITS.fieldSize} bytes`));
    this.fields.set(name, value);
  }

  private acceptFile(stream: Readable, name: string): void {
    // The parser reports a broken part on its stream, too, whether anybody reads it or not.
    stream.on('error', () => {});
    if (this.file) {
      this.fail(malformed('there is more than one part "file"'));
      return;
    }
    const { files, maxBytes } = this.options;
    const content = files.receive(stream, { maxBytes, signal: this.stop.signal });
    content.catch((error) => this.fail(error));
    this.file = { name: cleanFileName(name), stream, content };
  }

  private fail(error: unknown): void {
    this.stop.abort(error);
  }

  private async transfer(): Promise<void> {
    const { incoming, maxBytes } = this.options;
    const failed = new Promise<never>((_resolve, reject) => {
      this.stop.signal.addEventListener('abort', () => reject(this.stop.signal.reason), { once: true });
    });
    const isParsed = new Promise((resolve) => this.parser.once('finish', resolve));
    const isRead = new Promise((resolve) => incoming.once('end', resolve));
    // The form can end before the body does, which is read on, so that the connection can serve the next request.
    const readOn = () => incoming.unpipe(this.parser).resume();
    this.parser.once('finish', readOn);
    const count = (chunk: Uint8Array) => {
      this.receivedBytes += chunk.length;
      if (this.receivedBytes > maxBytes + MOST_BYTES_BESIDE_FILE) this.fail(tooLarge(maxBytes));
    };
    const onBroken = () => {
      if (!incoming.readableEnded) this.fail(malformed('it breaks off'));
    };
    // The listener for errors stays: a connection may break while it is being answered.
    incoming.on('data', count).on('error', onBroken).on('close', onBroken);
    incoming.pipe(this.parser);
    if (incoming.destroyed) onBroken();
    await Promise.race([failed, Promise.all([isParsed, isRead])]).finally(() => {
      this.parser.off('finish', readOn);
      incoming.off('data', count).off('close', onBroken).unpipe(this.parser).pause();
    });
  }
}

function makeForm(fields: ReadonlyMap<string, string>, file?: ReceivedForm['file']): ReceivedForm {
  return {
    fields,
    ...(file ? { file } : {}),
    [Symbol.asyncDispose]: async () => file?.content[Symbol.asyncDispose](),
  };
}

function makeParser(incoming: IncomingMessage): BusboyInstance {
  const headers = { ...incoming.headers, 'content-type': incoming.headers['content-type'] ?? '' };
  try {
    return new Busboy({ headers, limits: LIMITS, preservePath: true, isPartAFile: (name) => name === 'file' });
  } catch (error) {
    throw malformed('the boundary is missing', error);
  }
}

function tooLarge(maxBytes: number): DocketError {
  return new DocketError('request.too_large', `The file is larger than ${maxBytes} bytes`, { data: { maxBytes } });
}

function malformed(problem: string, cause?: unknown): DocketError {
  return new DocketError('request.invalid_input', `The upload cannot be read: ${problem}`, { cause });
}
