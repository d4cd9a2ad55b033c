import { createHash } from 'node:crypto';

/** SHA-256 of a text, in hexadecimal; in statements a function of the same name. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
