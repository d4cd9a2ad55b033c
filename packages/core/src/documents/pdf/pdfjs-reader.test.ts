import { describe } from 'vitest';
import { describeDocumentReader } from '../testing/describe-document-reader.js';
import { pdfjsReader } from './pdfjs-reader.js';

describe('pdfjsReader', () => describeDocumentReader(pdfjsReader, 'pdfjs'));
