import { describe, expect, it } from 'vitest';
import { readText, TEST_LIMITS } from '../testing/read-text.js';
import { corePropertiesXml, relationshipsXml, zipFiles } from '../testing/zip-files.js';
import { docxReader } from './docx-reader.js';

function paragraph(text: string, properties = ''): string {
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
}

function docx(body: string, files: Record<string, string> = {}): Uint8Array {
  return zipFiles({ 'word/document.xml': `<w:document><w:body>${body}</w:body></w:document>`, ...files });
}

async function read(body: string, files: Record<string, string> = {}): Promise<string> {
  return (await readText(docxReader, docx(body, files))).text;
}

describe('docxReader', () => {
  it.each([
    ['paragraphs', `${paragraph('One &amp; two')}${paragraph('')}${paragraph('Three')}`, 'One & two\nThree'],
    ['split runs', '<w:p><w:r><w:t>In</w:t></w:r><w:r><w:t>voice</w:t></w:r></w:p>', 'Invoice'],
    [
      'tabs and breaks',
      '<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>',
      'a\tb\nc',
    ],
    [
      'list items',
      paragraph('one', '<w:numPr><w:numId w:val="1"/></w:numPr>') + paragraph('two', '<w:pStyle w:val="ListBullet"/>'),
      '- one\n- two',
    ],
    [
      'what is no list item',
      paragraph('one', '<w:numPr><w:numId w:val="0"/></w:numPr>') +
        paragraph('1', '<w:pStyle w:val="Heading1"/><w:numPr><w:numId w:val="3"/></w:numPr>'),
      'one\n1',
    ],
    [
      'links and controls',
      `<w:sdt><w:sdtPr><w:p><w:r><w:t>no</w:t></w:r></w:p></w:sdtPr><w:sdtContent>${paragraph('in')}</w:sdtContent></w:sdt><w:p><w:hyperlink r:id="x"><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p>`,
      'in\nlink',
    ],
    [
      'insertions, not deletions',
      '<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText><w:t>old</w:t></w:r></w:del><w:moveFrom><w:r><w:t>old</w:t></w:r></w:moveFrom></w:p>',
      'new',
    ],
    [
      'visible runs',
      '<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>yes</w:t></w:r></w:p>',
      'yes',
    ],
    ['field results', '<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>7</w:t></w:r></w:p>', '7'],
  ])('reads %s', async (_what, body, text) => {
    expect(await read(body)).toBe(text);
  });

  it('joins the cells of a row, nested tables too', async () => {
    const inner = `<w:tbl><w:tr><w:tc>${paragraph('x')}</w:tc><w:tc>${paragraph('y')}</w:tc></w:tr></w:tbl>`;
    const row = `<w:tr><w:tc>${paragraph('a')}${paragraph('b')}</w:tc><w:tc>${paragraph('')}</w:tc><w:tc>${inner}</w:tc></w:tr>`;
    expect(await read(`<w:tbl>${row}</w:tbl>${paragraph('after')}`)).toBe('a b | x | y\nafter');
  });

  it('reads a text box once', async () => {
    const box = `<w:txbxContent>${paragraph('boxed')}</w:txbxContent>`;
    const both = `<mc:AlternateContent><mc:Choice>${box}</mc:Choice><mc:Fallback>${box}</mc:Fallback></mc:AlternateContent>`;
    expect(await read(`<w:p><w:r><w:t>before</w:t>${both}<w:t> after</w:t></w:r></w:p>`)).toBe('boxed\nbefore after');
    const old = `<mc:AlternateContent><mc:Fallback>${box}</mc:Fallback></mc:AlternateContent>`;
    expect(await read(`<w:p><w:r>${old}</w:r></w:p>`)).toBe('boxed');
  });

  it('adds headers and footers of the first section, and notes', async () => {
    const section = (header: string): string =>
      `<w:sectPr><w:headerReference w:type="default" r:id="${header}"/><w:headerReference w:type="even" r:id="h2"/>` +
      '<w:footerReference w:type="first" r:id="f1"/></w:sectPr>';
    const body = `<w:p><w:pPr>${section('h1')}</w:pPr><w:r><w:t>Body</w:t></w:r></w:p>${section('h2')}`;
    const notes = `<w:footnote w:type="separator">${paragraph('no')}</w:footnote><w:footnote>${paragraph('Note')}</w:footnote>`;
    const text = await read(body, {
      'word/_rels/document.xml.rels': relationshipsXml({
        h1: ['header', 'header1.xml'],
        h2: ['header', 'header2.xml'],
        f1: ['footer', '/word/footer1.xml'],
        n1: ['footnotes', 'footnotes.xml'],
      }),
      'word/header1.xml': `<w:hdr>${paragraph('Letterhead')}</w:hdr>`,
      'word/header2.xml': `<w:hdr>${paragraph('no')}</w:hdr>`,
      'word/footer1.xml': `<w:ftr>${paragraph('Page')}</w:ftr>`,
      'word/footnotes.xml': `<w:footnotes>${notes}</w:footnotes>`,
    });
    expect(text).toBe('Letterhead\nBody\nNote\nPage');
  });

  it('reads embedded HTML, and follows nothing that is outside', async () => {
    const text = await read(`${paragraph('a')}<w:altChunk r:id="c1"/><w:altChunk r:id="c2"/>`, {
      'word/_rels/document.xml.rels': relationshipsXml({
        c1: ['aFChunk', '../chunks/chunk.html'],
        c2: ['aFChunk', 'http://example.com/x.html'],
      }),
      'chunks/chunk.html': '<p>chunk</p>',
    });
    expect(text).toBe('a\nchunk');
  });

  it('takes the title from the properties, and finds a main part of another name', async () => {
    const bytes = zipFiles({
      '_rels/.rels': relationshipsXml({ r1: ['officeDocument', 'word/document2.xml'] }),
      'word/document2.xml': `<x:document>${paragraph('Text').replaceAll('w:', 'x:')}</x:document>`,
      'docProps/core.xml': corePropertiesXml('Lease &lt;draft&gt;'),
    });
    expect(await readText(docxReader, bytes)).toMatchObject({ text: 'Text', title: 'Lease <draft>', pageCount: 1 });
  });

  it('expands no entities of the document', async () => {
    const xml = `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document>${paragraph('a&e;b')}</w:document>`;
    expect((await readText(docxReader, zipFiles({ 'word/document.xml': xml }))).text).toBe('a&e;b');
  });

  it('gives a document without text as such', async () => {
    expect(await readText(docxReader, docx('<w:p/>'))).toMatchObject({ method: 'none', text: '' });
  });

  it('refuses what is not there, too deep or too long', async () => {
    await expect(readText(docxReader, zipFiles({ 'a.xml': '' }))).rejects.toMatchObject({ code: 'document.corrupt' });
    await expect(read('<w:x>'.repeat(100_000))).rejects.toMatchObject({ code: 'document.corrupt' });
    const limits = { ...TEST_LIMITS, maxCharacters: 10 };
    await expect(readText(docxReader, docx(paragraph('far too long a text')), { limits })).rejects.toMatchObject({
      code: 'document.too_large',
    });
  });
});
