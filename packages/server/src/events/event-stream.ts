/** Bytes that may wait for a reader; one that lets more come together is dropped. */
export const MOST_WAITING_BYTES = 1024 * 1024;

/** What an {@link EventStream} is made of. */
export interface EventStreamOptions {
  readonly projectId: string;
  /** Called once, whoever ended it. */
  readonly onEnd: (stream: EventStream) => void;
  /** Breaks the connection of a reader that does not keep up. */
  readonly breakOff: () => void;
  /** @default 1 MiB */
  readonly mostWaitingBytes?: number | undefined;
}

/** An answer of server-sent events to one reader. Source: HTML Standard, section 9.2. */
export class EventStream {
  /** The body of the answer. */
  readonly body: ReadableStream<Uint8Array>;
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor(private readonly options: EventStreamOptions) {
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.controller = controller;
        },
        cancel: () => this.forget(),
      },
      { highWaterMark: 0, size: (chunk) => chunk?.byteLength ?? 0 },
    );
  }

  get projectId(): string {
    return this.options.projectId;
  }

  /** Sends a text that is in the format of such streams already; drops a reader that does not keep up. */
  send(text: string): void {
    if (!this.controller || text === '') return;
    this.controller.enqueue(Buffer.from(text));
    const { mostWaitingBytes = MOST_WAITING_BYTES, breakOff } = this.options;
    if (-(this.controller.desiredSize ?? 0) <= mostWaitingBytes) return;
    this.forget();
    breakOff();
  }

  /** Ends it, after what waits was read. */
  end(): void {
    this.controller?.close();
    this.forget();
  }

  private forget(): void {
    if (!this.controller) return;
    this.controller = undefined;
    this.options.onEnd(this);
  }
}

/** An event in the format of such streams. */
export function formatEvent(name: string, id: string, data: unknown): string {
  return `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
