import type { ChildProcess } from 'node:child_process';
import { type EngineSettings, forkEngine } from './fork-engine.js';
import { DEFAULT_MAX_MEMORY_MB } from './worker-limits.js';

/**
 * An engine process that starts while the command still reads its flags, its configuration and its rules: started with what
 * they say most of the time. Whoever has one ends it, taken or not.
 */
export class SpareEngine {
  private readonly settings: EngineSettings = { maxMemoryMb: DEFAULT_MAX_MEMORY_MB };
  private child: ChildProcess | undefined;

  constructor() {
    // One that cannot be started is not there; whoever needs a process is told by the next one.
    try {
      this.child = forkEngine(this.settings);
      this.child.on('error', this.drop);
    } catch {
      this.child = undefined;
    }
  }

  /** The process, once, if it lives and was started with the same settings. */
  take(settings: EngineSettings): ChildProcess | undefined {
    const { child } = this;
    const isFit = settings.maxMemoryMb === this.settings.maxMemoryMb;
    if (!child || !isFit || !child.connected || child.exitCode !== null || child.signalCode !== null) return undefined;
    this.drop();
    child.off('error', this.drop);
    return child;
  }

  /** Ends the process unless it was taken. */
  end(): void {
    this.child?.kill('SIGKILL');
    this.drop();
  }

  private readonly drop = (): void => {
    this.child = undefined;
  };
}
