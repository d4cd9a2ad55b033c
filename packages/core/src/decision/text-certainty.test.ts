import { describe, expect, it } from 'vitest';
import { makePage } from '../pages/page.js';
import { asConfidence } from './confidence.js';
import { discount, textCertainty } from './text-certainty.js';

const read = (text: string, confidence?: number) => {
  const page = makePage(1, { method: confidence === undefined ? 'text' : 'ocr', items: [{ text }] });
  return confidence === undefined ? page : { ...page, ocr: { confidence, languages: ['eng'] } };
};

describe('textCertainty', () => {
  it('is whole for text that the document came with, and for none', () => {
    expect(textCertainty([read('a letter')])).toBe(1);
    expect(textCertainty([])).toBe(1);
  });

  it('is that of OCR, by the letters of each page', () => {
    expect(textCertainty([read('aaaa', 60)])).toBeCloseTo(0.6);
    expect(textCertainty([read('aaaa', 60), read('bbbb')])).toBeCloseTo(0.8);
  });

  it('goes by what is used: text that OCR did not better counts as text', () => {
    expect(textCertainty([{ ...read('aaaa'), ocr: { confidence: 10, languages: ['eng'] } }])).toBe(1);
  });
});

describe('discount', () => {
  it('takes a confidence back towards the floor, and never across it', () => {
    expect(discount(asConfidence(0.9), 0.5, 0.75)).toBeCloseTo(0.8);
    expect(discount(asConfidence(0.9), 0.5, 0)).toBe(0.5);
    expect(discount(asConfidence(0.3), 0.5, 0.1)).toBe(0.3);
  });

  it('changes nothing where the text is sure', () => {
    expect(discount(asConfidence(0.9), 0.5, 1)).toBeCloseTo(0.9, 12);
  });
});
