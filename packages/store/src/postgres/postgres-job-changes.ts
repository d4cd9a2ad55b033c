import type { JobChange, JobChanges } from '../ports/job-changes.js';
import type { Notifications } from './notifications.js';

/** What any process does to the jobs of a database. `untold` comes first, when the connection that listens is there. */
export class PostgresJobChanges implements JobChanges {
  readonly #notifications: Notifications;

  constructor(notifications: Notifications) {
    this.#notifications = notifications;
  }

  subscribe(listener: (change: JobChange) => void): () => void {
    return this.#notifications.listen({ job: listener });
  }
}
