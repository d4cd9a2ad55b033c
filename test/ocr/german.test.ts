import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { addOcrLanguage, readDocument } from '@docket/core';
import PDFDocument from 'pdfkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const LINES = [
  'Mietvertrag über Wohnräume',
  'Zwischen Frau Käthe Größmann, Schloßstraße 12, Würzburg,',
  'und Herrn Jörg Müller wird folgender Vertrag geschlossen:',
  'Die Miete beträgt monatlich 850 Euro und ist spätestens am',
  'dritten Werktag eines jeden Monats im Voraus zu zahlen.',
  'Schönheitsreparaturen übernimmt der Mieter. Änderungen und',
  'Ergänzungen dieses Vertrages bedürfen der Schriftform.',
];

/** The data lies where this package finds it, and not core: it is added as a user adds it. */
const file = join(
  dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/deu')),
  '4.0.0_best_int/deu.traineddata.gz',
);

let folder: string;
let contract: Buffer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-ocr-german-'));
  contract = await pdfOf(LINES);
  await addOcrLanguage({ file, folder });
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

function pdfOf(lines: readonly string[]): Promise<Buffer> {
  return new Promise((resolve) => {
    const document = new PDFDocument({ autoFirstPage: true, info: { Title: 'Mietvertrag' } });
    const parts: Buffer[] = [];
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('end', () => resolve(Buffer.concat(parts)));
    document.fontSize(14);
    for (const line of lines) document.text(line);
    document.end();
  });
}

describe('a German page', () => {
  const options = () => ({ ocr: 'always', ocrFolder: folder }) as const;
  const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean);

  it.each([
    ['when German is named', 'de'],
    ['when nothing is, for its words are German', 'en'],
  ])('is read with its umlauts %s', { timeout: 120_000 }, async (_, languageHint) => {
    const { pages } = await readDocument(contract, { ...options(), languageHint });
    expect(pages[0]?.ocr?.languages).toEqual(['deu']);
    const read = wordsOf(pages[0]?.text ?? '');
    const expected = wordsOf(LINES.join(' '));
    const missed = expected.filter((word) => !read.includes(word));
    expect(missed.length / expected.length).toBeLessThan(0.05);
  });

  it('is read as English where German is not there', { timeout: 120_000 }, async () => {
    const { pages } = await readDocument(contract, { ocr: 'always', languageHint: 'en' });
    expect(pages[0]?.ocr?.languages).toEqual(['eng']);
  });
});
