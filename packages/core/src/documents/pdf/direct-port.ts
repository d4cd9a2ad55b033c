/** What the halves of pdf.js say to each other: of most messages nothing has to be known here. */
interface Message {
  /** Text of a page, which the sender goes on filling under the same object with new lists. */
  readonly chunk?: { readonly items?: readonly unknown[]; readonly styles?: object };
}

type Listener = (event: { readonly data: Message }) => void;

/**
 * Connects the two halves of pdf.js within one thread, as its own loopback does, but hands over the text of pages as it is
 * and not as a structured clone, which takes a tenth of the time of reading. Everything else is cloned.
 */
export class DirectPort {
  readonly #listeners = new Set<Listener>();
  readonly #turn = Promise.resolve();

  postMessage(message: Message, transfer?: readonly ArrayBuffer[]): void {
    const { chunk } = message;
    const data = Array.isArray(chunk?.items)
      ? { ...message, chunk: { ...chunk } }
      : structuredClone(message, transfer ? { transfer: [...transfer] } : undefined);
    void this.#turn.then(() => {
      for (const listener of this.#listeners) listener.call(this, { data });
    });
  }

  addEventListener(_name: string, listener: Listener, { signal }: { readonly signal?: AbortSignal } = {}): void {
    this.#listeners.add(listener);
    signal?.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
  }

  removeEventListener(_name: string, listener: Listener): void {
    this.#listeners.delete(listener);
  }

  terminate(): void {
    this.#listeners.clear();
  }
}
