import { describe, expect, it } from 'vitest';
import { linesOfText, pdfOfPages } from '../../testing/raw-pdf.js';
import { describeDocumentReader } from '../testing/describe-document-reader.js';
import { describeWords } from '../testing/describe-words.js';
import { readText } from '../testing/read-text.js';
import { pdfjsReader } from './pdfjs-reader.js';

describe('pdfjsReader', () => {
  describeDocumentReader(pdfjsReader, 'pdfjs');
  describeWords('pdfjs');

  it('reads a file without its end', async () => {
    const whole = Buffer.from(pdfOfPages([linesOfText(['text of the page'])]));
    const cut = whole.subarray(0, whole.lastIndexOf('endstream'));
    expect((await readText(pdfjsReader, cut)).text.trim()).toBe('text of the page');
  });
});
