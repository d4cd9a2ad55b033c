import { describe } from 'vitest';
import { describeDocumentReader } from '../testing/describe-document-reader.js';
import { describeWords } from '../testing/describe-words.js';
import { pdfiumReader } from './pdfium-reader.js';

describe('pdfiumReader', () => {
  describeDocumentReader(pdfiumReader, 'pdfium');
  describeWords('pdfium');
});
