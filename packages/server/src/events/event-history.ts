import { randomUUID } from 'node:crypto';

/** Something that happened, with its place in the order of things. */
export interface NumberedEvent<Event> {
  /** Opaque; of this history alone. */
  readonly id: string;
  readonly event: Event;
}

/** The last so many events, for readers that come back after a break. */
export class EventHistory<Event> {
  /** Ids of another history, such as one of before a restart, are unknown here. */
  private readonly name = randomUUID().slice(0, 8);
  private readonly events: NumberedEvent<Event>[] = [];
  private count = 0;

  constructor(private readonly mostEvents: number) {}

  /** The id of the newest event, or of the beginning. */
  get newestId(): string {
    return this.idOf(this.count);
  }

  /** Adds an event; the oldest may go. */
  add(event: Event): NumberedEvent<Event> {
    this.count++;
    const numbered = { id: this.idOf(this.count), event };
    this.events.push(numbered);
    if (this.events.length > this.mostEvents) this.events.shift();
    return numbered;
  }

  /** What came after an event; undefined when that cannot be told. */
  after(id: string): readonly NumberedEvent<Event>[] | undefined {
    const [name, number] = id.split('-');
    if (name !== this.name || !/^\d{1,15}$/.test(number ?? '') || id !== this.idOf(Number(number))) return undefined;
    const known = this.count - Number(number);
    if (known < 0 || known > this.events.length) return undefined;
    return this.events.slice(this.events.length - known);
  }

  private idOf(number: number): string {
    return `${this.name}-${number}`;
  }
}
