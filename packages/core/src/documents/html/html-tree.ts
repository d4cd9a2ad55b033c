import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { DocketError } from '../../errors.js';
import { BLOCK_TAGS, endTagBoundary, HEAD_TAGS, impliedEnds, VOID_TAGS } from './html-tags.js';

/** Deeper elements become siblings, as in browsers (which stop at 512): every walk over the tree may recurse. */
const MAX_DEPTH = 256;

/** From here on inline elements are not nested: old pages open `<font>` a thousand times and never close it. */
const MAX_INLINE_DEPTH = 128;

/** Each takes about 200 bytes of memory; large filings have a fifth of it. */
const MAX_ELEMENTS = 1_000_000;

/** Only what readers ask for is kept: a filing of 10 MB is mostly attributes. */
const KEPT_ATTRIBUTES = new Set([
  'aria-hidden',
  'class',
  'content',
  'hidden',
  'href',
  'id',
  'itemprop',
  'name',
  'open',
  'property',
  'role',
  'selected',
  'style',
  'type',
  'value',
]);

/** A child of an element; a string is text with its entities decoded. */
export type HtmlNode = HtmlElement | string;

/** An element of a parsed page. What is below `children` is filled in by `measure`. */
export class HtmlElement {
  readonly children: HtmlNode[] = [];
  hidden = false;
  /** Characters of visible text inside, without white space. */
  textLength = 0;
  /** The part of `textLength` that stands in links to other pages. */
  linkTextLength = 0;
  linkCount = 0;
  /** Characters in paragraphs of running text. */
  proseLength = 0;
  hasTable = false;
  hasBreak = false;
  hasHeading1 = false;

  constructor(
    readonly name: string,
    readonly attributes: Readonly<Record<string, string>>,
  ) {}
}

/**
 * Parses HTML of any quality into a tree that is at most 256 elements deep, in linear time. Uses the tokenizer of
 * htmlparser2 and not its `Parser`, whose stack of open elements takes quadratic time on hostile nesting.
 * @throws DocketError `document.too_large` for more than a million elements
 */
export function parseHtml(html: string): HtmlElement {
  const builder = new TreeBuilder(html);
  const tokenizer = new Tokenizer({ decodeEntities: true }, builder);
  tokenizer.write(html);
  tokenizer.end();
  return builder.root;
}

class TreeBuilder implements TokenizerCallbacks {
  readonly root = new HtmlElement('#root', {});
  readonly #html: string;
  readonly #isXhtml: boolean;
  readonly #open: HtmlElement[] = [this.root];
  #elements = 0;
  #tagName = '';
  #attributes: Record<string, string> = {};
  #attributeName = '';
  #attributeValue = '';

  constructor(html: string) {
    this.#html = html;
    this.#isXhtml = /^\s{0,100}<\?xml\s/.test(html);
  }

  ontext(start: number, end: number): void {
    this.#appendText(this.#html.slice(start, end));
  }

  ontextentity(codePoint: number): void {
    this.#appendText(String.fromCodePoint(codePoint));
  }

  onopentagname(start: number, end: number): void {
    this.#tagName = this.#html.slice(start, end).toLowerCase();
    this.#attributes = {};
  }

  onattribname(start: number, end: number): void {
    this.#attributeName = this.#html.slice(start, end).toLowerCase();
    this.#attributeValue = '';
  }

  onattribdata(start: number, end: number): void {
    this.#attributeValue += this.#html.slice(start, end);
  }

  onattribentity(codePoint: number): void {
    this.#attributeValue += String.fromCodePoint(codePoint);
  }

  onattribend(): void {
    if (KEPT_ATTRIBUTES.has(this.#attributeName)) this.#attributes[this.#attributeName] ??= this.#attributeValue;
  }

  onopentagend(): void {
    this.#openElement(VOID_TAGS.has(this.#tagName));
  }

  onselfclosingtag(): void {
    const isXml = this.#isXhtml || this.#tagName.includes(':') || this.#isForeign();
    this.#openElement(isXml || VOID_TAGS.has(this.#tagName));
  }

  onclosetag(start: number, end: number): void {
    const name = this.#html.slice(start, end).toLowerCase();
    if (name === 'br') this.#append(new HtmlElement('br', {}));
    // What follows `</body>` is still shown.
    if (name === 'body' || name === 'html') return;
    const boundary = endTagBoundary(name);
    for (let index = this.#open.length - 1; index > 0; index--) {
      const candidate = this.#open[index]?.name ?? '';
      if (candidate === name) {
        this.#open.length = index;
        return;
      }
      if (boundary.has(candidate)) return;
    }
  }

  oncdata(start: number, end: number, endOffset: number): void {
    if (this.#isXhtml) this.#appendText(this.#html.slice(start, end - endOffset));
  }

  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  isInForeignContext(): boolean {
    return this.#isForeign();
  }

  #isForeign(): boolean {
    return this.#open.some(({ name }) => name === 'svg' || name === 'math');
  }

  #openElement(isEmpty: boolean): void {
    const name = this.#tagName;
    this.#closeImplied(name);
    const isInline = !BLOCK_TAGS.has(name);
    const element = new HtmlElement(name, this.#attributes);
    if (isEmpty || name === 'html' || name === 'body') {
      // A second `<body>` in the middle of a page changes nothing, and the first needs no closing.
      this.#append(element);
      if (!isEmpty && this.#open.length <= 2) this.#open.push(element);
      return;
    }
    if (isInline && this.#open.length >= MAX_INLINE_DEPTH && !isRendering(name)) return;
    if (this.#open.length >= MAX_DEPTH) this.#open.pop();
    this.#append(element);
    this.#open.push(element);
  }

  #closeImplied(name: string): void {
    if (this.#open.at(-1)?.name === 'head' && !HEAD_TAGS.has(name)) this.#open.pop();
    for (const { ends, within } of impliedEnds(name)) {
      for (let index = this.#open.length - 1; index > 0; index--) {
        const candidate = this.#open[index]?.name ?? '';
        if (ends.has(candidate)) {
          this.#open.length = index;
          break;
        }
        if (within.has(candidate)) break;
      }
    }
  }

  #append(node: HtmlElement): void {
    if (++this.#elements > MAX_ELEMENTS) throw tooManyElements();
    this.#open.at(-1)?.children.push(node);
  }

  #appendText(text: string): void {
    if (this.#open.at(-1)?.name === 'head' && text.trim() !== '') this.#open.pop();
    const siblings = this.#open.at(-1)?.children ?? [];
    const last = siblings.at(-1);
    if (typeof last === 'string') siblings[siblings.length - 1] = last + text;
    else siblings.push(text);
  }
}

/** Inline elements that decide whether or what text is shown: they are kept however deep they stand. */
function isRendering(name: string): boolean {
  return ['script', 'style', 'template', 'noscript', 'svg', 'iframe', 'object', 'textarea', 'title'].includes(name);
}

function tooManyElements(): DocketError {
  const message = `the HTML has more than ${MAX_ELEMENTS} elements; split it, or save what matters as text`;
  return new DocketError('document.too_large', message, { data: { maxElements: MAX_ELEMENTS } });
}
