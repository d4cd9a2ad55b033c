import { tooManyRequests } from './score-line.js';

/** Lets so many requests of one kind in, and refuses more. */
export class Admission {
  private inside = 0;

  constructor(private readonly most: number) {}

  /** Works. @throws DocketError `capacity.too_many_requests` when too many are at it; whatever the work throws */
  async admit<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.inside >= this.most) throw tooManyRequests(this.inside);
    this.inside++;
    try {
      return await work();
    } finally {
      this.inside--;
    }
  }
}
