import { describe, expect, it } from 'vitest';
import { htmlToText } from './html-reader.js';

const SENTENCE = 'The council met on Tuesday and agreed, after a long debate, on the budget of next year. ';
const ARTICLE = `<h1>Council agrees on budget</h1><p>By A. Writer</p>${`<p>${SENTENCE.repeat(3)}</p>`.repeat(4)}`;
const MENU = `<ul>${'<li><a href="/section">Section</a></li>'.repeat(15)}</ul>`;
const PAGES: readonly [what: string, html: string][] = [
  ['nav, aside and footer', `<nav>${MENU}</nav>${ARTICLE}<aside>Section</aside><footer>Section</footer>`],
  [
    'class names',
    `<div class="mainMenu">${MENU}</div><div>${ARTICLE}</div><div id="cookie-banner">Section cookies</div>`,
  ],
  ['roles', `<div role="navigation">${MENU}</div>${ARTICLE}<div role="dialog">Section</div>`],
  ['lists of links', `<div>${MENU}</div><table><tr><td>${MENU}<td>${ARTICLE}</table>`],
  ['main', `${MENU}<p>Section</p><main>${ARTICLE}</main><div>Section</div>`],
  ['article', `${MENU}<div>Section</div><article>${ARTICLE}</article><div>Section</div>`],
  ['articleBody', `${MENU}<div>Section</div><div itemprop="articleBody">${ARTICLE}</div><div>Section</div>`],
  ['where the prose is', `${MENU}<div>Section</div><div><div>${ARTICLE}</div></div><div>Section</div>`],
  ['forms', `${MENU}<form>Section <input></form>${ARTICLE}`],
];

describe('findMainContent', () => {
  it.each(PAGES)('finds the content by %s', (_what, html) => {
    const { text } = htmlToText(`<html><body>${html}</body></html>`);
    expect(text).not.toContain('Section');
    expect(text).toMatch(/^Council agrees on budget\n\nBy A\. Writer\n\nThe council/);
    expect(text.split('The council met')).toHaveLength(13);
  });

  it('keeps everything of a page with hardly any menu', () => {
    const header = '<header>ACME Ltd <a href="/">Home</a></header>';
    const table = '<table class="related"><tr><td>Pen<td>2.00<tr><td>Total<td>2.00</table>';
    const { text } = htmlToText(`${header}<h1>Invoice 7</h1>${table}<footer>Pay within 30 days</footer>`);
    expect(text).toBe('ACME Ltd Home\n\nInvoice 7\n\nPen | 2.00\nTotal | 2.00\n\nPay within 30 days');
  });

  it('keeps a table of contents, whose links stay on the page', () => {
    const contents = '<tr><td><a href="#item1">Item 1. Business</a></td><td><a href="#item1">3</a></td></tr>'.repeat(
      20,
    );
    expect(htmlToText(`<table>${contents}</table>${ARTICLE}`).text).toContain('Item 1. Business | 3');
  });

  it('keeps an invoice inside a shop with menus', () => {
    const rows = '<tr><td>Ball pen, blue, box of 50</td><td>12.00</td></tr>'.repeat(30);
    const { text } = htmlToText(`<nav>${MENU}</nav><h1>Invoice 7</h1><table>${rows}</table><nav>${MENU}</nav>`);
    expect(text).not.toContain('Section');
    expect(text).toContain('Invoice 7\n\nBall pen, blue, box of 50 | 12.00');
  });

  it('gives the whole page when next to nothing would be left', () => {
    expect(htmlToText(`<div class="sidebar">${MENU}${MENU}</div><p>Welcome</p>`).text).toContain('- Section');
  });

  it('is not misled by a class name on what holds the content', () => {
    const { text } = htmlToText(`<body class="has-sidebar">${MENU}<div class="with-comments">${ARTICLE}</div></body>`);
    expect(text).toMatch(/^Council agrees/);
    expect(text).not.toContain('Section');
  });
});
