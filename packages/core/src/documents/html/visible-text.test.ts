import { describe, expect, it } from 'vitest';
import { htmlToText } from './html-reader.js';

function visible(html: string): string {
  return htmlToText(html, { wholePage: true }).text;
}

describe('what is left out', () => {
  it.each([
    '<script>var x = "<p>no</p>"</script>',
    '<style>p { color: red }</style>',
    '<template><p>no</p></template>',
    '<noscript>no</noscript>',
    '<head><meta name="description" content="no"></head>',
    '<div hidden>no</div>',
    '<div aria-hidden="true">no</div>',
    '<div style="color:red; DISPLAY : none">no</div>',
    '<span style="visibility:hidden">no</span>',
    '<div style="display:none"><ix:header><ix:hidden>no</ix:hidden></ix:header></div>',
    '<ix:header>no</ix:header>',
    '<!-- no -->',
    '<!--[if mso]><p>no</p><![endif]-->',
    '<input type="hidden" value="no">',
    '<svg><text>no</text></svg>',
    '<iframe>no</iframe>',
    '<object data="x">no</object>',
    '<img alt="no" src="x">',
    '<dialog>no</dialog>',
    '<style>.gone, #other { display: none }</style><p class="big gone">no</p><p id="other">no</p>',
  ])('%s', (html) => {
    expect(visible(`<p>before</p>${html}<p>after</p>`)).toBe('before\n\nafter');
  });

  it('keeps what a style sheet hides only in print or shows again', () => {
    const styles = '<style>@media print { .a { display: none } } .b { display: none } .b { display: block }</style>';
    expect(visible(`${styles}<p class="a">one</p><p class="b">two</p>`)).toBe('one\n\ntwo');
  });

  it('does not believe style sheets that hide the whole page', () => {
    expect(visible('<style>.page { display: none }</style><div class="page">The contract</div>')).toBe('The contract');
    expect(visible('<body style="visibility:hidden"><p>The contract')).toBe('The contract');
  });

  it('keeps inline XBRL facts and what follows them', () => {
    expect(visible('<p>Net <ix:nonFraction name="a">5</ix:nonFraction> of <ix:nonNumeric/>7</p>')).toBe('Net 5 of 7');
  });
});

describe('lines', () => {
  it.each([
    ['<h1>Title</h1><p>One<br>two</p><div>three</div><div>four</div>', 'Title\n\nOne\ntwo\n\nthree\nfour'],
    ['<ul><li>one<li><p>two</p></li><li></li></ul>', '- one\n\n- two'],
    ['<table><tr><th>Item<th>Price<tr><td>Pen<td><p>2</p><tr><td><td>3</table>', 'Item | Price\nPen | 2\n3'],
    ['<pre>a  b\n  c\n\nd</pre>', 'a  b\n  c\n\nd'],
    ['a <b>bold</b>&nbsp;word&shy;s\n\t and&#8203; more', 'a bold word\u00ads and more'],
    ['<p>Name <input value="Ada"> <select><option>no<option selected>yes</select></p>', 'Name Ada yes'],
    ['<p>one<div>two</div>', 'one\n\ntwo'],
    ['<dl><dt>Term<dd>Meaning</dl>', 'Term\nMeaning'],
  ])('%s', (html, text) => {
    expect(visible(html)).toBe(text);
  });

  it('keeps the lines of tables that make the layout', () => {
    const nested =
      '<table><tr><td><p>Dear Sir</p><p>thank you</p></td></tr><tr><td><table><tr><td>a<td>b</table></table>';
    expect(visible(nested)).toBe('Dear Sir\n\nthank you\n\na | b');
  });

  it('forgives stray and missing end tags', () => {
    expect(visible('<p>a</span></div>b<table><tr><td>c</div></td><td>d</table></p>e')).toBe('ab\n\nc | d\n\ne');
    expect(visible('<head><title>t</title><p>body without a tag')).toBe('body without a tag');
    expect(visible('<body><p>a</body></html><p>b')).toBe('a\n\nb');
  });
});
