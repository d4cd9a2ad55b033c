import PDFDocument from 'pdfkit';
import type { TestDocument } from './documents.js';

/** What a PDF is made of. */
export interface PdfContent {
  readonly name: string;
  /** In its metadata. */
  readonly title: string;
  /** Lines of each page. */
  readonly pages: readonly (readonly string[])[];
}

/** Writes a PDF: compressed, as programs do. */
export function makePdf({ name, title, pages }: PdfContent): Promise<TestDocument> {
  return new Promise((resolve, reject) => {
    const pdf = new PDFDocument({ autoFirstPage: false, info: { Title: title } });
    const chunks: Buffer[] = [];
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('error', reject);
    pdf.on('end', () => resolve({ name, bytes: Buffer.concat(chunks) }));
    for (const lines of pages) {
      pdf.addPage().fontSize(11);
      for (const line of lines) pdf.text(line);
    }
    pdf.end();
  });
}
