import type { Outcome } from './outcome.js';

/** Counts what became of documents. */
export class Tally {
  classified = 0;
  withoutMatch = 0;
  failed = 0;

  get total(): number {
    return this.classified + this.withoutMatch + this.failed;
  }

  /** Counts one more. */
  add(outcome: Outcome): void {
    if ('error' in outcome) this.failed++;
    else if (outcome.result.type === null) this.withoutMatch++;
    else this.classified++;
  }

  /** `21 documents: 16 classified, 3 without a match, 2 failed` */
  toString(): string {
    const { total, classified, withoutMatch, failed } = this;
    if (total === 0) return 'no documents';
    const count = `${total} ${total === 1 ? 'document' : 'documents'}`;
    return `${count}: ${classified} classified, ${withoutMatch} without a match, ${failed} failed`;
  }
}
