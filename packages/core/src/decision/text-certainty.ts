import type { DocumentRecord } from '../documents/read-document.js';
import { asConfidence, type Confidence } from './confidence.js';

/**
 * How sure it is that a document's text is what stands on its pages, 0 to 1: the confidence of OCR for pages that were read by it,
 * 1 for text that the document came with; the mean over their letters.
 */
export function textCertainty(pages: DocumentRecord['pages']): number {
  let [sum, letters] = [0, 0];
  for (const { method, ocr, text } of pages) {
    sum += text.length * (method === 'ocr' ? (ocr?.confidence ?? 0) / 100 : 1);
    letters += text.length;
  }
  return letters === 0 ? 1 : sum / letters;
}

/**
 * Takes a confidence back towards the floor, as far as the text is unsure: calibration is fitted on text without slips, and a
 * wrong answer must not be a confident one. The order of labels stays, and so does on which side of the floor they are.
 */
export function discount(confidence: Confidence, floor: number, certainty: number): Confidence {
  if (confidence <= floor) return confidence;
  return asConfidence(floor + (confidence - floor) * certainty);
}
