import picocolors from 'picocolors';
import type { OutputStream } from '../shell.js';

/** Functions that colour a text, or leave it as it is. */
export type Colours = ReturnType<typeof picocolors.createColors>;

/** Colours of nothing. */
export const NO_COLOURS: Colours = picocolors.createColors(false);

/** Colours for a stream: on a terminal only, unless `NO_COLOR` or `FORCE_COLOR` say otherwise; `NO_COLOR` wins. */
export function coloursFor(stream: OutputStream, env: Readonly<Record<string, string | undefined>>): Colours {
  const { NO_COLOR: no = '', FORCE_COLOR: force = '', TERM: terminal } = env;
  if (no !== '') return NO_COLOURS;
  if (force !== '') return picocolors.createColors(force !== '0' && force !== 'false');
  return picocolors.createColors(stream.isTTY === true && terminal !== 'dumb');
}
