/** Hands results on in the order of their positions, whatever order they come in. */
export class InOrder<Result> {
  private readonly early = new Map<number, { readonly result: Result; readonly handedOn: () => void }>();
  private next = 0;
  private tail: Promise<void> = Promise.resolve();

  constructor(private readonly handOn: (result: Result) => Promise<void>) {}

  /**
   * Takes the result for a position, counted from 0; each position comes once.
   * @returns When it was handed on, and so all before it; rejects when handing on failed
   */
  async put(position: number, result: Result): Promise<void> {
    const handedOn = new Promise<void>((resolve) => {
      this.early.set(position, { result, handedOn: resolve });
    });
    this.tail = this.tail.then(() => this.flush());
    await Promise.all([handedOn, this.tail]);
  }

  private async flush(): Promise<void> {
    for (let ready = this.early.get(this.next); ready; ready = this.early.get(this.next)) {
      this.early.delete(this.next++);
      await this.handOn(ready.result);
      ready.handedOn();
    }
  }
}
