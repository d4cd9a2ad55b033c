/** How a document may end: as a result, or with one of the codes of a document's error. */
export type Ending = 'result' | `document.${string}`;

/** A document that is made to do harm. */
export interface HostileDocument {
  readonly name: string;
  /** Made when it is needed: some are large. */
  readonly make: () => Uint8Array;
  /** What fits what is wrong with it. */
  readonly ends: readonly Ending[];
  /** What it is classified as: its text was read and not taken for something else. */
  readonly type?: string;
  /** Takes long to make or to read: for the long run. */
  readonly isHeavy?: boolean;
  /** Keeps a reader at work until its time is up. */
  readonly spins?: boolean;
}

/** Words that every rule of the fixtures knows, so that a document that was read has a result with a label. */
export const INVOICE_WORDS = 'Invoice number 4711, amount due 250.00 EUR, payment terms 30 days, bill to ACME';
