import type { english } from './english.js';

/** The shape of a catalogue: the same keys, and functions of the same parameters. */
type Translated<Messages> = {
  readonly [Key in keyof Messages]: Messages[Key] extends string
    ? string
    : Messages[Key] extends (...values: infer Values) => string
      ? (...values: Values) => string
      : Translated<Messages[Key]>;
};

/** What the console says in one language; one that lacks a message does not compile. */
export type Catalogue = Translated<typeof english>;
