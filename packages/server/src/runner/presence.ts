import { hostname } from 'node:os';
import type { SettingValues } from '@docket/core';
import type { Cluster, WorkerIntroduction } from '@docket/store';
import { PACKAGE_VERSION } from '../operations/package-version.js';

/** How often work is looked for that nobody announced. */
const POLL_MS = 2_000;

/** What others that share the store know of a process from its start. */
export type Presence = Omit<WorkerIntroduction, 'id' | 'engine' | 'concurrency'>;

/** How this process introduces itself. */
export function describePresence(values: SettingValues, { serves }: Pick<Presence, 'serves'>): Presence {
  const models = [values.model === '' ? 'built-in' : values.model];
  return { host: hostname(), processId: process.pid, version: PACKAGE_VERSION, models, serves };
}

/** What an answer was made by: the version of Docket, and the scorer with its models and knowledge. */
export function engineName(scorer: string): string {
  return `docket/${PACKAGE_VERSION} ${scorer}`;
}

/** What a {@link ClusterLink} connects. */
export interface ClusterLinkOptions {
  readonly cluster: Cluster | undefined;
  readonly presence: Presence | undefined;
  /** Owner of the leases of this process. */
  readonly id: string;
  readonly concurrency: number;
  /** Is called when there may be work. */
  readonly onWork: () => void;
  /** Is called when a job was cancelled elsewhere. */
  readonly onCancelled: (jobId: string) => void;
}

/** Connects a process with others that share its store; does nothing where there are none. */
export class ClusterLink {
  private readonly options: ClusterLinkOptions;
  private readonly poll: NodeJS.Timeout | undefined;
  private readonly unlisten: () => void;
  private reporting: Promise<void> | undefined;
  private isClosed = false;

  constructor(options: ClusterLinkOptions) {
    const { cluster, onWork, onCancelled } = options;
    this.options = options;
    this.poll = cluster && setInterval(onWork, POLL_MS).unref();
    this.unlisten = cluster?.listen({ work: onWork, cancelled: onCancelled }) ?? (() => {});
  }

  /** Gives a sign of life. Never rejects: one that does not come through is followed by the next. */
  async reportAlive(engine: string | undefined, running: number): Promise<void> {
    const { cluster, presence, id, concurrency } = this.options;
    if (!cluster || !presence || this.isClosed) return;
    const introduction = { ...presence, id, concurrency, engine: engine ?? null };
    this.reporting = cluster.reportAlive(introduction, running).catch(() => {});
    await this.reporting;
  }

  /** Says goodbye, after the last sign of life. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.poll);
    this.unlisten();
    await this.reporting;
    await this.options.cluster?.leave(this.options.id).catch(() => {});
  }
}
