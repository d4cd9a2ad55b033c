import { Worker } from 'node:worker_threads';

/** What the script of tesseract.js does, by the names of its messages. */
export type TesseractAction = 'load' | 'loadLanguage' | 'initialize' | 'setParameters' | 'recognize';

interface Reply {
  readonly jobId: string;
  readonly status: 'resolve' | 'reject' | 'progress';
  readonly data: unknown;
}

interface Request {
  readonly resolve: (data: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The thread of tesseract.js, spoken to directly. The client that comes with the library loses the process: the script answers a
 * failed initialisation twice, and the second answer is thrown by the client where nobody can catch it; what the thread throws it
 * does not listen to; and where the start fails, it keeps the thread. Here each request is answered once, whatever comes.
 */
export class TesseractThread {
  readonly #thread: Worker;
  readonly #requests = new Map<string, Request>();
  #count = 0;
  #end: Error | undefined;

  /** @param script Path of `tesseract.js/src/worker-script/node/index.js` */
  constructor(script: string) {
    this.#thread = new Worker(script);
    this.#thread.on('message', (reply: Reply) => this.#answer(reply));
    this.#thread.on('messageerror', (error) => this.#endAll(error));
    this.#thread.on('error', (error) => this.#endAll(error instanceof Error ? error : new Error(String(error))));
    this.#thread.on('exit', (code) => this.#endAll(new Error(`the thread of tesseract.js ended with ${code}`)));
    this.#thread.unref();
  }

  /**
   * Asks for something. @param handed Buffers of the payload that go over to the thread instead of being copied
   * @throws Error with what the script says, or when the thread has ended or ends
   */
  async request(action: TesseractAction, payload: object, handed: readonly ArrayBuffer[] = []): Promise<unknown> {
    if (this.#end) throw this.#end;
    this.#count += 1;
    const jobId = String(this.#count);
    // Only while it works does the thread keep the process.
    this.#thread.ref();
    try {
      return await new Promise<unknown>((resolve, reject) => {
        this.#requests.set(jobId, { resolve, reject });
        this.#thread.postMessage({ workerId: 'docket', jobId, action, payload }, handed);
      });
    } finally {
      this.#requests.delete(jobId);
      if (this.#requests.size === 0) this.#thread.unref();
    }
  }

  /** Ends the thread in the middle of whatever it does; what was asked for and not answered fails at once. */
  async terminate(): Promise<void> {
    this.#endAll(new Error('the thread of tesseract.js was ended'));
    await this.#thread.terminate();
  }

  #answer({ jobId, status, data }: Reply): void {
    const request = this.#requests.get(jobId);
    if (status === 'progress' || request === undefined) return;
    this.#requests.delete(jobId);
    if (status === 'resolve') request.resolve(data);
    else request.reject(new Error(String(data)));
  }

  #endAll(reason: Error): void {
    this.#end ??= reason;
    for (const { reject } of this.#requests.values()) reject(this.#end);
    this.#requests.clear();
  }
}
