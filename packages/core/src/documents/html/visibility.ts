import { BLOCK_TAGS } from './html-tags.js';
import type { HtmlElement } from './html-tree.js';

/** Elements whose content no browser shows as text of the page. */
const UNSEEN_TAGS = new Set(
  (
    'head script style template noscript svg iframe object embed applet title noembed noframes audio video canvas datalist ' +
    'annotation annotation-xml ix:header ix:hidden ix:references ix:resources'
  ).split(' '),
);

const HIDING_STYLE = /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)/i;

/** Shortest text of a block that counts as running text, and the most of it that may be links. */
const PROSE_CHARACTERS = 80;
const PROSE_LINK_SHARE = 0.3;

/** Style sheets beyond this are not looked at. */
const MAX_STYLE_CHARACTERS = 1_000_000;

interface InlineText {
  length: number;
  linkLength: number;
}

/**
 * Marks what a person does not see and measures what is left, for all elements below.
 * @param hiddenSelectors as {@link findHiddenSelectors} gives them
 */
export function measure(element: HtmlElement, hiddenSelectors: ReadonlySet<string>): void {
  measureElement(element, hiddenSelectors, false);
}

/** `.class` and `#id` selectors that the page's own style sheets set to `display: none`; the last rule wins. */
export function findHiddenSelectors(root: HtmlElement): ReadonlySet<string> {
  const hidden = new Set<string>();
  for (const { selectors, declarations } of styleRules(collectStyles(root))) {
    const hides = HIDING_STYLE.test(declarations);
    if (!hides && !/(?:^|[;\s])(?:display|visibility)\s*:/i.test(declarations)) continue;
    for (const selector of selectors.split(',')) {
      const name = selector.trim();
      if (!/^[.#][\w-]+$/.test(name)) continue;
      if (hides) hidden.add(name);
      else hidden.delete(name);
    }
  }
  return hidden;
}

function measureElement(element: HtmlElement, hiddenSelectors: ReadonlySet<string>, inLink: boolean): InlineText {
  const inline: InlineText = { length: 0, linkLength: 0 };
  element.hidden = isHidden(element, hiddenSelectors);
  if (element.hidden) return inline;
  const isLink = element.name === 'a' && isOutwardLink(element.attributes.href);
  if (isLink) element.linkCount = 1;
  for (const child of element.children) {
    if (typeof child === 'string') {
      const length = countInk(child);
      element.textLength += length;
      inline.length += length;
      if (inLink || isLink) inline.linkLength += length;
    } else {
      const childInline = measureElement(child, hiddenSelectors, inLink || isLink);
      inline.length += childInline.length;
      inline.linkLength += childInline.linkLength;
      addChild(element, child);
    }
  }
  element.linkTextLength = isLink ? element.textLength : element.linkTextLength;
  if (!BLOCK_TAGS.has(element.name) && element.name !== '#root') return inline;
  const isProse = inline.length >= PROSE_CHARACTERS && inline.linkLength <= inline.length * PROSE_LINK_SHARE;
  if (isProse) element.proseLength += inline.length;
  return { length: 0, linkLength: 0 };
}

function addChild(element: HtmlElement, child: HtmlElement): void {
  if (child.hidden) return;
  element.textLength += child.textLength;
  element.linkTextLength += child.linkTextLength;
  element.linkCount += child.linkCount;
  element.proseLength += child.proseLength;
  element.hasTable ||= child.hasTable || child.name === 'table';
  element.hasBreak ||= child.hasBreak || child.name === 'br' || BLOCK_TAGS.has(child.name);
  element.hasHeading1 ||= child.hasHeading1 || (child.name === 'h1' && child.textLength > 0);
}

function isHidden({ name, attributes }: HtmlElement, hiddenSelectors: ReadonlySet<string>): boolean {
  // Some pages hide everything until their script has run.
  if (name === 'html' || name === 'body') return false;
  if (UNSEEN_TAGS.has(name) || attributes.hidden !== undefined) return true;
  if (attributes['aria-hidden']?.trim().toLowerCase() === 'true') return true;
  if (name === 'input' && attributes.type?.trim().toLowerCase() === 'hidden') return true;
  if (name === 'dialog' && attributes.open === undefined) return true;
  if (attributes.style !== undefined && HIDING_STYLE.test(attributes.style)) return true;
  if (hiddenSelectors.size === 0) return false;
  if (attributes.id !== undefined && hiddenSelectors.has(`#${attributes.id.trim()}`)) return true;
  return attributes.class?.split(/\s+/).some((word) => hiddenSelectors.has(`.${word}`)) ?? false;
}

/** Links within the page are its table of contents, not a menu. */
function isOutwardLink(href: string | undefined): boolean {
  return href !== undefined && !href.trim().startsWith('#');
}

function countInk(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 32 && unit !== 0xa0) count++;
  }
  return count;
}

function collectStyles(element: HtmlElement): string {
  const styles: string[] = [];
  const visit = (parent: HtmlElement): void => {
    for (const child of parent.children) {
      if (typeof child === 'string') {
        if (parent.name === 'style') styles.push(child);
      } else {
        visit(child);
      }
    }
  };
  visit(element);
  return styles.join('\n').slice(0, MAX_STYLE_CHARACTERS);
}

/** Top-level rules; at-rules (`@media print`, `@supports`) depend on where the page is shown and are passed over. */
function* styleRules(css: string): Generator<{ selectors: string; declarations: string }> {
  const source = withoutComments(css);
  let start = 0;
  for (let open = source.indexOf('{'); open >= 0; open = source.indexOf('{', start)) {
    const prelude = source.slice(start, open);
    // `@import ...;` before a rule belongs to nothing.
    const selectors = prelude.slice(prelude.lastIndexOf(';') + 1);
    const isAtRule = selectors.trimStart().startsWith('@');
    const close = isAtRule ? matchingBrace(source, open) : source.indexOf('}', open);
    if (close < 0) return;
    if (!isAtRule) yield { selectors, declarations: source.slice(open + 1, close) };
    start = close + 1;
  }
}

function withoutComments(css: string): string {
  const kept: string[] = [];
  let start = 0;
  for (let open = css.indexOf('/*'); open >= 0; open = css.indexOf('/*', start)) {
    kept.push(css.slice(start, open));
    const close = css.indexOf('*/', open + 2);
    if (close < 0) return kept.join('');
    start = close + 2;
  }
  kept.push(css.slice(start));
  return kept.join('').replaceAll('<!--', '').replaceAll('-->', '');
}

function matchingBrace(source: string, open: number): number {
  let depth = 0;
  for (let index = open; index < source.length; index++) {
    if (source[index] === '{') depth++;
    else if (source[index] === '}' && --depth === 0) return index;
  }
  return -1;
}
