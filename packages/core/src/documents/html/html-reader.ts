import { CharacterBudget, withinCharacterLimit } from '../character-budget.js';
import { decodeText } from '../decode-text.js';
import type { DocumentReader } from '../document-reader.js';
import { READER_IDENTITIES } from '../reader-identities.js';
import { singlePageDocument } from '../single-page-document.js';
import { restoreWindows1252 } from '../windows-1252.js';
import { type HtmlElement, parseHtml } from './html-tree.js';
import { findMainContent } from './main-content.js';
import { findHiddenSelectors, measure } from './visibility.js';
import { renderVisibleText } from './visible-text.js';

/** Where a page has to declare its encoding (HTML asks for the first 1,024 bytes; many pages are late). */
const CHARSET_BYTES = 2048;

/** If less than this is left of a page, both by share and in words, what was taken for menus was the content. */
const MIN_CONTENT_SHARE = 0.25;
const MIN_CONTENT_WORDS = 60;

/** If the page's own style sheets hide more than this, a script was to show it again. */
const MAX_HIDDEN_BY_CLASS = 0.75;

/** How HTML is turned into text. */
export interface HtmlTextOptions {
  /** Keep menus and side bars: for HTML that is not a page of a web site, such as the body of a mail. */
  readonly wholePage?: boolean;
}

/** The text of a page as it is shown, and its title if it has one. */
export interface HtmlText {
  readonly text: string;
  readonly title?: string;
}

/** Reads what a person sees of an HTML page; of saved web pages the content without menus and banners. */
export const htmlReader: DocumentReader = {
  format: 'html',
  identity: READER_IDENTITIES.html,
  async open(bytes, { limits, signal }) {
    signal?.throwIfAborted();
    new CharacterBudget(limits).assertDecodable(bytes.length);
    const { text, title } = htmlToText(decodeText(bytes, declaredCharset(bytes)));
    signal?.throwIfAborted();
    const isTitled = title === undefined || text === '' || comparable(text).includes(comparable(title));
    const fullText = isTitled ? text : `${title}\n\n${text}`;
    return singlePageDocument({ format: 'html', text: withinCharacterLimit(fullText, limits), title });
  },
};

/** The visible text of HTML source, and the title from `<title>`, else `og:title`, else the first `<h1>`. */
export function htmlToText(html: string, options: HtmlTextOptions = {}): HtmlText {
  const root = parseHtml(restoreWindows1252(html));
  measureVisible(root);
  const wholeText = (): string => renderVisibleText(root, () => false);
  const text = options.wholePage ? wholeText() : (contentText(root) ?? wholeText());
  const title = findTitle(root);
  return title === undefined ? { text } : { text, title };
}

function measureVisible(root: HtmlElement): void {
  const hiddenSelectors = findHiddenSelectors(root);
  measure(root, new Set());
  if (hiddenSelectors.size === 0) return;
  const lengthWithoutRules = root.textLength;
  resetMeasures(root);
  measure(root, hiddenSelectors);
  if (root.textLength >= lengthWithoutRules * (1 - MAX_HIDDEN_BY_CLASS)) return;
  resetMeasures(root);
  measure(root, new Set());
}

function resetMeasures(element: HtmlElement): void {
  Object.assign(element, { textLength: 0, linkTextLength: 0, linkCount: 0, proseLength: 0 });
  Object.assign(element, { hasTable: false, hasBreak: false, hasHeading1: false });
  for (const child of element.children) if (typeof child !== 'string') resetMeasures(child);
}

function contentText(root: HtmlElement): string | undefined {
  const { root: content, isLeftOut } = findMainContent(root);
  const text = renderVisibleText(content, isLeftOut);
  const ink = text.replace(/\s+/g, '').length;
  const isShort = ink < root.textLength * MIN_CONTENT_SHARE && text.split(/\s+/).length < MIN_CONTENT_WORDS;
  return isShort || ink === 0 ? undefined : text;
}

function findTitle(root: HtmlElement): string | undefined {
  const title = find(root, ({ name }) => name === 'title');
  const meta = find(root, ({ attributes }) => attributes.property?.toLowerCase() === 'og:title');
  const heading = (): HtmlElement | undefined => find(root, ({ name, hidden }) => name === 'h1' && !hidden);
  return (
    collapse(allText(title)) || collapse(meta?.attributes.content ?? '') || collapse(allText(heading())) || undefined
  );
}

function find(parent: HtmlElement, matches: (element: HtmlElement) => boolean): HtmlElement | undefined {
  for (const child of parent.children) {
    if (typeof child === 'string' || child.name === 'svg') continue;
    if (matches(child)) return child;
    const found = find(child, matches);
    if (found) return found;
  }
  return undefined;
}

function allText(element: HtmlElement | undefined): string {
  if (element === undefined) return '';
  return element.children.map((child) => (typeof child === 'string' ? child : ` ${allText(child)} `)).join('');
}

function declaredCharset(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, CHARSET_BYTES));
  const meta = /<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([\w:.-]{2,40})/i.exec(start);
  return meta?.[1] ?? /^\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*["']([\w:.-]{2,40})/i.exec(start)?.[1];
}

function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function comparable(text: string): string {
  return collapse(text).toLowerCase();
}
