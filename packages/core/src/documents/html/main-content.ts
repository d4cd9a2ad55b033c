import { BLOCK_TAGS } from './html-tags.js';
import type { HtmlElement } from './html-tree.js';

/** The part of a page that is worth reading. */
export interface MainContent {
  readonly root: HtmlElement;
  readonly isLeftOut: (element: HtmlElement) => boolean;
}

/** With fewer links than this around its content a page is a document and not a page of a web site. */
const MENU_LINKS = 8;

/** What holds more of the page's text than this is not decoration, whatever it is called. */
const MAX_DECORATION_SHARE = 0.4;

const LINK_LIST_LINKS = 3;
const LINK_LIST_SHARE = 0.6;

/** An element stands for the whole content if it holds this much of the running text. */
const CONTENT_SHARE = 0.7;
const MAIN_SHARE = 0.5;

/** Below this much running text (characters, about 80 words) a page is not narrowed to where its prose is. */
const MIN_PROSE = 400;

const DECORATION_TAGS = new Set(['nav', 'aside', 'footer', 'search']);

const DECORATION_ROLES = new Set(
  (
    'navigation banner contentinfo complementary search menu menubar toolbar dialog alertdialog form tablist ' +
    'menuitem tooltip'
  ).split(' '),
);

/** Words of class names and ids, split at `-`, `_` and capitals. */
const DECORATION_WORDS = new Set(
  (
    'nav navbar navigation menu submenu dropdown breadcrumb breadcrumbs sidebar footer masthead topbar toolbar cookie ' +
    'cookies consent gdpr banner advert advertisement advertising ad ads adsense sponsor sponsored promo promotion ' +
    'social share sharing sharebar addthis related recommended recommendations recirc trending popular mostread ' +
    'newsletter subscribe signup login signin register comment comments disqus popup modal overlay lightbox skip ' +
    'skiplink pagination pager outbrain taboola rail teasers offscreen'
  ).split(' '),
);

/**
 * Tells the content of a saved web page from its menus, banners, side bars and lists of links. A page with hardly any
 * menu (an invoice, a filing, a mail) is content as a whole. The tree must have been measured.
 */
export function findMainContent(page: HtmlElement): MainContent {
  const decoration = new Set<HtmlElement>();
  collectDecoration(page, { page, decoration, isInArticle: false });
  const menuLinks = [...decoration].reduce((sum, element) => sum + element.linkCount, 0);
  if (menuLinks < MENU_LINKS) return { root: page, isLeftOut: () => false };
  const isLeftOut = (element: HtmlElement): boolean => decoration.has(element) || element.name === 'button';
  return { root: narrow(findDeclaredContent(page, isLeftOut) ?? page, isLeftOut), isLeftOut };
}

interface DecorationSearch {
  readonly page: HtmlElement;
  readonly decoration: Set<HtmlElement>;
  readonly isInArticle: boolean;
}

function collectDecoration(parent: HtmlElement, search: DecorationSearch): void {
  for (const child of parent.children) {
    if (typeof child === 'string' || child.hidden) continue;
    if (isDecoration(child, search)) {
      search.decoration.add(child);
      continue;
    }
    const isArticle = child.name === 'article' || child.name === 'main' || child.attributes.role === 'main';
    collectDecoration(child, isArticle ? { ...search, isInArticle: true } : search);
  }
}

function isDecoration(element: HtmlElement, { page, isInArticle }: DecorationSearch): boolean {
  if (element.name === 'main' || element.name === 'body' || element.name === 'html') return false;
  const linkShare = element.textLength === 0 ? 0 : element.linkTextLength / element.textLength;
  const isLinkList = element.linkCount >= LINK_LIST_LINKS && linkShare >= LINK_LIST_SHARE;
  const isMost = element.textLength > page.textLength * MAX_DECORATION_SHARE;
  const isList = element.name === 'ul' || element.name === 'ol' || element.name === 'nav';
  if (isLinkList && BLOCK_TAGS.has(element.name) && !element.hasHeading1 && (isList || !isMost)) return true;
  const isMostProse = element.proseLength > page.proseLength * MAX_DECORATION_SHARE;
  if (isMost || (isMostProse && page.proseLength >= MIN_PROSE)) return false;
  if (DECORATION_TAGS.has(element.name)) return true;
  if (element.name === 'header') return !isInArticle && !element.hasHeading1;
  if (element.name === 'form') return element.proseLength === 0;
  if (DECORATION_ROLES.has(element.attributes.role?.trim().toLowerCase() ?? '')) return true;
  return element.name !== 'article' && element.name !== 'h1' && !element.hasHeading1 && hasDecorationWord(element);
}

function hasDecorationWord({ attributes }: HtmlElement): boolean {
  const names = `${attributes.class ?? ''} ${attributes.id ?? ''}`.slice(0, 500);
  const words = names
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.some((word) => DECORATION_WORDS.has(word));
}

/** The element that the page itself names as its content, if it holds a good share of the text. */
function findDeclaredContent(page: HtmlElement, isLeftOut: (element: HtmlElement) => boolean): HtmlElement | undefined {
  const candidates: HtmlElement[] = [];
  const visit = (parent: HtmlElement): void => {
    for (const child of parent.children) {
      if (typeof child === 'string' || child.hidden || isLeftOut(child)) continue;
      if (declaresContent(child)) candidates.push(child);
      visit(child);
    }
  };
  visit(page);
  const prose = keptProse(page, isLeftOut);
  const isGoodShare = (element: HtmlElement): boolean =>
    prose >= MIN_PROSE
      ? keptProse(element, isLeftOut) >= prose * MAIN_SHARE
      : element.textLength >= page.textLength * MAIN_SHARE;
  return candidates.find(isGoodShare);
}

function declaresContent({ name, attributes }: HtmlElement): boolean {
  return name === 'main' || name === 'article' || attributes.role === 'main' || attributes.itemprop === 'articleBody';
}

/** Goes down while one child holds nearly all of the running text, but never below the heading of the page. */
function narrow(start: HtmlElement, isLeftOut: (element: HtmlElement) => boolean): HtmlElement {
  const prose = keptProse(start, isLeftOut);
  if (prose < MIN_PROSE) return start;
  let content = start;
  for (;;) {
    const next = content.children.find(
      (child): child is HtmlElement =>
        typeof child !== 'string' &&
        !child.hidden &&
        !isLeftOut(child) &&
        child.proseLength >= prose * CONTENT_SHARE &&
        keptProse(child, isLeftOut) >= prose * CONTENT_SHARE,
    );
    if (next === undefined || next.name === 'p' || (hasKeptHeading(content, isLeftOut) && !next.hasHeading1)) {
      return content;
    }
    content = next;
  }
}

function keptProse(element: HtmlElement, isLeftOut: (element: HtmlElement) => boolean): number {
  if (element.proseLength === 0) return 0;
  let left = element.proseLength;
  const visit = (parent: HtmlElement): void => {
    for (const child of parent.children) {
      if (typeof child === 'string' || child.proseLength === 0) continue;
      if (isLeftOut(child)) left -= child.proseLength;
      else visit(child);
    }
  };
  visit(element);
  return left;
}

function hasKeptHeading(element: HtmlElement, isLeftOut: (element: HtmlElement) => boolean): boolean {
  if (!element.hasHeading1) return false;
  return element.children.some(
    (child) =>
      typeof child !== 'string' &&
      !child.hidden &&
      !isLeftOut(child) &&
      ((child.name === 'h1' && child.textLength > 0) || hasKeptHeading(child, isLeftOut)),
  );
}
