import { describe, expect, it } from 'vitest';
import { SourceMap } from '../../pages/source-map.js';
import { linesOfText, pdfOfPages, rawPdf } from '../../testing/raw-pdf.js';
import { readDocument } from '../read-document.js';
import { describeDocumentReader } from '../testing/describe-document-reader.js';
import { readText } from '../testing/read-text.js';
import { pdfjsReader } from './pdfjs-reader.js';

describe('pdfjsReader', () => {
  describeDocumentReader(pdfjsReader, 'pdfjs');

  it('reads a file without its end', async () => {
    const whole = Buffer.from(pdfOfPages([linesOfText(['text of the page'])]));
    const cut = whole.subarray(0, whole.lastIndexOf('endstream'));
    expect((await readText(pdfjsReader, cut)).text.trim()).toBe('text of the page');
  });

  it('reads what was filled into fields and written on the page, and no password', async () => {
    const widget = (entries: string) => `<< /Type /Annot /Subtype /Widget /Rect [100 600 300 620] ${entries} >>`;
    const bytes = rawPdf([
      '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R 6 0 R 7 0 R] >> >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Annots [5 0 R 6 0 R 7 0 R 8 0 R] >>',
      { stream: '' },
      widget('/FT /Tx /T (name) /V (Ada Lovelace)'),
      widget('/FT /Ch /T (colour) /Opt [(red) (blue)] /V (blue)'),
      widget('/FT /Tx /T (secret) /V (hunter2) /Ff 8192'),
      '<< /Type /Annot /Subtype /FreeText /Rect [10 10 90 30] /Contents (Received 3 May) /DA (/F1 9 Tf) >>',
    ]);
    const { pages } = await readDocument(bytes, { pdfReader: 'pdfjs' });
    expect(pages[0]?.text.split('\n')).toEqual(['Ada Lovelace', 'blue', 'Received 3 May']);
    const [place] = new SourceMap(pages[0]?.sourceMap ?? []).locate(0, 'Ada Lovelace'.length);
    expect(place?.box).toMatchObject({ x: 100, y: 172, width: 200, height: 20 });
  });
});
