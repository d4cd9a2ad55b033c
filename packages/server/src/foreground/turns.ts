import { DocketError } from '@docket/core';

/** Lets each newcomer end what was begun before it in the same name. */
export class Turns {
  private readonly current = new Map<string, AbortController>();

  /**
   * Works until a newer call takes the name over.
   * @param name Absent: nobody takes over
   * @throws DocketError `state.superseded` when one does
   */
  async take<Result>(
    name: string | undefined,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    if (name === undefined) return await work(signal);
    const own = new AbortController();
    const former = this.current.get(name);
    this.current.set(name, own);
    try {
      const result = work(AbortSignal.any([own.signal, signal]));
      // A reading that both need goes on all the same: it has a grace, within which the newcomer comes to it.
      former?.abort(superseded());
      return await result;
    } finally {
      if (this.current.get(name) === own) this.current.delete(name);
    }
  }
}

function superseded(): DocketError {
  return new DocketError('state.superseded', 'A newer request of the same page took the place of this one');
}
