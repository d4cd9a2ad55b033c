import type { OcrLine, OcrText, OcrWord } from './ocr-engine.js';

/** What of a picture a row speaks of: only words have text. */
const WORD_LEVEL = 5;

/**
 * Reads tesseract's table of words (its output format TSV): level, page, block, paragraph, line, word, left, top, width,
 * height, confidence, text.
 */
export function parseTesseractTsv(table: string): OcrText {
  const lines: { words: OcrWord[]; place: string; paragraph: string }[] = [];
  for (const row of table.split('\n')) {
    const cells = row.split('\t');
    const text = cells[11]?.trim() ?? '';
    if (Number(cells[0]) !== WORD_LEVEL || text === '') continue;
    const paragraph = cells.slice(1, 4).join('/');
    const place = `${paragraph}/${cells[4]}`;
    const [x = 0, y = 0, width = 0, height = 0, confidence = 0] = cells.slice(6, 11).map(Number);
    const word = { text, confidence: Math.min(100, Math.max(0, confidence)), box: { x, y, width, height } };
    const last = lines.at(-1);
    if (last?.place === place) last.words.push(word);
    else lines.push({ words: [word], place, paragraph });
  }
  const found = lines.map(({ words, paragraph }, index): OcrLine => {
    return { words, endsBlock: lines[index + 1]?.paragraph !== paragraph };
  });
  return { lines: found, confidence: meanConfidence(found) };
}

/** Mean confidence of words, weighted by their length; 0 of none. */
export function meanConfidence(lines: readonly OcrLine[]): number {
  let [sum, letters] = [0, 0];
  for (const { words } of lines) {
    for (const { text, confidence } of words) {
      sum += confidence * text.length;
      letters += text.length;
    }
  }
  return letters === 0 ? 0 : sum / letters;
}
