import { Parser } from 'htmlparser2';
import { DocketError } from '../../errors.js';
import { decodeText } from '../decode-text.js';

/** Far beyond what office programs write; the parser takes quadratic time on endless nesting. */
const MAX_DEPTH = 2000;

/** Attributes by their name as written, prefix included. */
export type XmlAttributes = Readonly<Record<string, string>>;

/** What is told while a part is read. Names come without their prefix, which writers choose freely. */
export interface XmlHandler {
  open?(name: string, attributes: XmlAttributes): void;
  close?(name: string): void;
  text?(text: string): void;
}

/**
 * Reads an XML part from beginning to end. Entities beyond those of XML itself are not expanded and nothing outside is
 * followed.
 * @throws DocketError `document.corrupt` when elements are nested beyond reason
 */
export function readXml(bytes: Uint8Array, handler: XmlHandler): void {
  let depth = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (++depth > MAX_DEPTH) {
          throw new DocketError(
            'document.corrupt',
            `the document nests its XML more than ${MAX_DEPTH} levels deep; save it anew in its own program`,
          );
        }
        handler.open?.(localName(name), attributes);
      },
      onclosetag(name) {
        depth--;
        handler.close?.(localName(name));
      },
      ontext(text) {
        handler.text?.(text);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.write(decodeText(bytes));
  parser.end();
}

/** An attribute by its name without prefix. */
export function attribute(attributes: XmlAttributes, name: string): string | undefined {
  const plain = attributes[name];
  if (plain !== undefined) return plain;
  const qualified = Object.keys(attributes).find((key) => localName(key) === name);
  return qualified === undefined ? undefined : attributes[qualified];
}

/** The `r:id` of an element, which may have an `id` of its own beside it. */
export function relationshipId(attributes: XmlAttributes): string | undefined {
  const key = Object.keys(attributes).find((name) => name.endsWith(':id'));
  return key === undefined ? undefined : attributes[key];
}

/** Whether a property such as `<w:vanish/>` is on; it may say so itself with `val`. */
export function isOn(attributes: XmlAttributes): boolean {
  const value = attribute(attributes, 'val') ?? 'true';
  return value !== 'false' && value !== '0' && value !== 'off';
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
