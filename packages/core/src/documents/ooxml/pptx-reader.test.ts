import { describe, expect, it } from 'vitest';
import { readText, TEST_LIMITS } from '../testing/read-text.js';
import { corePropertiesXml, relationshipsXml, zipFiles } from '../testing/zip-files.js';
import { pptxReader } from './pptx-reader.js';

function slide(...paragraphs: string[]): string {
  const lines = paragraphs.map(
    (text) => `<a:p><a:pPr><a:tabLst><a:tab/></a:tabLst></a:pPr><a:r><a:t>${text}</a:t></a:r></a:p>`,
  );
  return `<p:sld><p:cSld><p:spTree><p:sp><p:txBody>${lines.join('')}</p:txBody></p:sp></p:spTree></p:cSld></p:sld>`;
}

const TABLE =
  '<p:sld><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>Pen</a:t></a:r></a:p></a:txBody></a:tc>' +
  '<a:tc><a:txBody><a:p><a:r><a:t>2</a:t></a:r><a:br/><a:r><a:t>EUR</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:sld>';

const FILES = {
  'ppt/presentation.xml':
    '<p:presentation><p:sldIdLst><p:sldId id="256" r:id="r2"/><p:sldId id="257" r:id="r1"/><p:sldId id="258" r:id="r3"/>' +
    '<p:sldId id="259" r:id="gone"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>',
  'ppt/_rels/presentation.xml.rels': relationshipsXml({
    r1: ['slide', 'slides/slide1.xml'],
    r2: ['slide', 'slides/slide2.xml'],
    r3: ['slide', 'slides/slide3.xml'],
  }),
  'ppt/slides/slide1.xml': slide('Second', 'of two'),
  'ppt/slides/slide2.xml': slide('First'),
  'ppt/slides/slide3.xml': TABLE,
  'ppt/slides/_rels/slide2.xml.rels': relationshipsXml({
    n1: ['notesSlide', '../notesSlides/notes1.xml'],
    d1: ['diagramData', '../diagrams/data1.xml'],
  }),
  'ppt/notesSlides/notes1.xml': slide('speaker notes'),
  'ppt/diagrams/data1.xml':
    '<dgm:dataModel><dgm:pt><dgm:t><a:p><a:r><a:t>Box</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>',
  'docProps/core.xml': corePropertiesXml('Strategy'),
};

describe('pptxReader', () => {
  it.each([
    [1, 'First\nBox'],
    [2, 'Second\nof two'],
    [3, 'Pen | 2 EUR'],
  ])('reads slide %i in the order of the show', async (pageNumber, text) => {
    const page = await readText(pptxReader, zipFiles(FILES), { pageNumber });
    expect(page).toEqual({ text, method: 'text', title: 'Strategy', pageCount: 4, size: { width: 720, height: 540 } });
  });

  it('gives a slide without text, or that is missing, as such', async () => {
    expect(await readText(pptxReader, zipFiles(FILES), { pageNumber: 4 })).toMatchObject({ method: 'none', text: '' });
    const empty = zipFiles({ 'ppt/presentation.xml': '<p:presentation/>' });
    expect(await readText(pptxReader, empty)).toMatchObject({ method: 'none', pageCount: 1, size: undefined });
  });

  it('parses only the slide that is asked for', async () => {
    const broken = zipFiles({ ...FILES, 'ppt/slides/slide1.xml': '<x>'.repeat(10_000) });
    expect(await readText(pptxReader, broken)).toMatchObject({ text: 'First\nBox' });
    await expect(readText(pptxReader, broken, { pageNumber: 2 })).rejects.toMatchObject({ code: 'document.corrupt' });
  });

  it('counts the text of all slides against the limit, each once', async () => {
    const limits = { ...TEST_LIMITS, maxCharacters: 20 };
    await using document = await pptxReader.open(zipFiles(FILES), { limits });
    await document.readPage(1);
    await document.readPage(1);
    await document.readPage(1);
    await expect(document.readPage(2)).rejects.toMatchObject({ code: 'document.too_large' });
  });

  it('refuses a zip that is no presentation', async () => {
    await expect(readText(pptxReader, zipFiles({ a: 'b' }))).rejects.toMatchObject({ code: 'document.corrupt' });
  });
});
