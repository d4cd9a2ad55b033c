declare module 'cli-progress' {
  /** The part of cli-progress that Docket uses. */
  export class SingleBar {
    constructor(options: {
      readonly stream: NodeJS.WritableStream;
      readonly format: string;
      readonly clearOnComplete: boolean;
      readonly hideCursor: boolean;
      readonly barsize: number;
      readonly barCompleteChar: string;
      readonly barIncompleteChar: string;
    });
    start(total: number, value: number, payload: Readonly<Record<string, string | number>>): void;
    setTotal(total: number): void;
    update(value: number, payload: Readonly<Record<string, string | number>>): void;
    increment(step: number, payload: Readonly<Record<string, string>>): void;
    stop(): void;
  }
}
