import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { classifyDocument } from '../../classify.js';
import { DocketError } from '../../errors.js';
import { encodeDocument } from '../../page-cache/page-record.js';
import { recallPages } from '../../page-cache/recall-pages.js';
import { makePage } from '../../pages/page.js';
import { PageSelection } from '../../pages/page-selection.js';
import { SourceMap, type SourceMapData } from '../../pages/source-map.js';
import { fixture } from '../../testing/fixtures.js';
import { fixtureRules } from '../../testing/test-rules.js';
import type { OpenDocument } from '../document-reader.js';
import { DEFAULT_LIMITS } from '../limits.js';
import type { PageImage } from '../page-image.js';
import { type DocumentRecord, type ReadOptions, readDocument } from '../read-document.js';
import { characterErrorRate, photograph, pipelineOf, scannedPdf, scanOf, tiffOf, whyNoOcr } from '../testing/scans.js';
import { readByOcr } from './read-by-ocr.js';

const missing = await whyNoOcr();
const SLOW = { timeout: 300_000 };

/** Reads however busy the machine is. */
const read = (source: Parameters<typeof readDocument>[0], options: ReadOptions = {}) =>
  readDocument(source, { limits: { ...DEFAULT_LIMITS, ocrPageMs: 300_000, maxMs: 300_000 }, ...options });

describe.skipIf(missing)(`readByOcr${missing ? ` (${missing})` : ''}`, () => {
  let scan: { readonly image: PageImage; readonly text: string };
  let upright: Buffer;
  beforeAll(async () => {
    scan = await scanOf('invoice-1p.pdf');
    upright = await (await pipelineOf(scan.image)).toColourspace('b-w').jpeg({ quality: 80 }).toBuffer();
  });
  const pdf = (pages = 1) => {
    const { width, height } = scan.image;
    return scannedPdf(Array.from({ length: pages }, () => ({ jpeg: upright, width, height })));
  };
  const readings = new Map<string, Promise<DocumentRecord>>();
  /** Reads a picture once, however many tests look at what was read. */
  const readOnce = (bytes: Buffer) => {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const reading = readings.get(hash) ?? read(bytes);
    readings.set(hash, reading);
    return reading;
  };
  const textOf = ({ pages }: DocumentRecord) => pages.map(({ text }) => text).join('\n');

  /** Pictures of one invoice, and the share of characters that may be wrong. */
  const PICTURES: readonly [string, number, () => Promise<Buffer>][] = [
    ['clean, as PNG', 0.05, async () => (await pipelineOf(scan.image)).png().toBuffer()],
    ['on its head', 0.05, async () => (await pipelineOf(scan.image)).rotate(180).jpeg().toBuffer()],
    ['turned by 90', 0.05, async () => (await pipelineOf(scan.image)).rotate(90).png().toBuffer()],
    ['turned by 270', 0.05, async () => (await pipelineOf(scan.image)).rotate(270).png().toBuffer()],
    [
      'leaning by 3 degrees',
      0.08,
      async () => (await pipelineOf(scan.image)).rotate(3, { background: '#fff' }).png().toBuffer(),
    ],
    ['blurred', 0.18, async () => (await pipelineOf(scan.image)).blur(1.6).jpeg({ quality: 60 }).toBuffer()],
    ['light on dark', 0.05, async () => (await pipelineOf(scan.image)).negate().webp({ quality: 90 }).toBuffer()],
    [
      'as a photo with shadow and perspective',
      0.15,
      async () => (await pipelineOf(photograph(scan.image))).jpeg({ quality: 85 }).toBuffer(),
    ],
    ['as TIFF', 0.05, async () => (await pipelineOf(scan.image)).tiff({ compression: 'lzw' }).toBuffer()],
    ['as a scanned PDF', 0.05, async () => pdf()],
  ];

  it.each(PICTURES)('reads an invoice %s, with at most %d of its characters wrong', SLOW, async (_, rate, make) => {
    const document = await readOnce(await make());
    expect(document.pages[0]?.method).toBe('ocr');
    expect(characterErrorRate(textOf(document), scan.text)).toBeLessThan(rate);
  });

  it('puts words where they stand on the page', SLOW, async () => {
    const turned = await (await pipelineOf(scan.image)).rotate(90).png().toBuffer();
    const [flat, other] = [await readOnce(upright), await readOnce(turned)];
    const boxOf = ({ pages: [page] }: DocumentRecord) => {
      const at = page?.text.toLowerCase().indexOf('invoice') ?? -1;
      const [span] = new SourceMap(page?.sourceMap ?? ({ starts: [], sources: [], items: [] } as never)).locate(
        at,
        at + 7,
      );
      return { box: span?.box, size: page?.size };
    };
    const [one, two] = [boxOf(flat), boxOf(other)];
    expect(one.box && one.size && one.box.x + one.box.width <= one.size.width).toBe(true);
    // What stood at the left from the top stands at the top from the right.
    expect((two.size?.width ?? 0) - (two.box?.x ?? 0) - (two.box?.width ?? 0)).toBeCloseTo(one.box?.y ?? 0, -1.2);
    expect(two.box?.y).toBeCloseTo(one.box?.x ?? 0, -1.2);
  });

  it('says so in the reasoning and the explanation, and is the less sure for it', SLOW, async () => {
    const rules = await fixtureRules();
    const answer = await classifyDocument({ document: pdf(), rules, explain: true });
    const ofText = await classifyDocument({ document: fixture('documents/invoice-1p.pdf'), rules });
    expect(answer.type).toBe(ofText.type);
    expect(answer.reasoning).toMatch(/Page 1 read by OCR, confidence \d\d\./);
    expect(answer.explanation?.ocr).toEqual([{ page: 1, confidence: expect.any(Number) }]);
    expect(answer.confidence).toBeLessThan(ofText.confidence);
  });

  it('reads no more pages than needed, and tells how many it may read', SLOW, async () => {
    const told: number[] = [];
    const { pages: found } = await read(pdf(4), { onOcr: (pages) => told.push(pages) });
    expect(found.map(({ method }) => method)).toEqual(['ocr', 'none', 'none', 'none']);
    expect(told).toEqual([3]);
  });

  it('gives each page of a TIFF its own text, and its own measures', SLOW, async () => {
    const [invoice, contract] = [scan, await scanOf('contract-3p.pdf', { pixels: 1_600_000 })];
    const { pages } = await read(tiffOf([invoice.image, contract.image]), { ocr: 'always' });
    expect(pages.map(({ method }) => method)).toEqual(['ocr', 'ocr']);
    expect(characterErrorRate(pages[0]?.text ?? '', invoice.text)).toBeLessThan(0.05);
    expect(characterErrorRate(pages[1]?.text ?? '', contract.text)).toBeLessThan(0.05);
    expect(pages.map(({ size }) => size)).toEqual(
      [invoice, contract].map(({ image: { width, height } }) => ({ width, height })),
    );
    const furthest = new SourceMap(pages[1]?.sourceMap as SourceMapData).locate(0, pages[1]?.text.length ?? 0);
    expect(Math.max(...furthest.map(({ box }) => (box ? box.x + box.width : 0)))).toBeLessThan(contract.image.width);
  });

  it('reads the other pages where one cannot be shown', SLOW, async () => {
    const page = (number: number) => makePage(number, { method: 'none', items: [] });
    const renderPage = async (number: number) => {
      if (number === 1) throw new DocketError('document.corrupt', 'page 1 is damaged');
      return scan.image;
    };
    const document = { format: 'pdf', pageCount: 2, renderPage, readPage: async () => ({ method: 'none', items: [] }) };
    const open = { ...document, [Symbol.asyncDispose]: async () => {} } as unknown as OpenDocument;
    const options = { lang: undefined, signal: AbortSignal.timeout(60_000), onOcr: () => {} };
    const { pages } = await readByOcr(open, [page(1), page(2)], options);
    expect(pages[0]).toMatchObject({ method: 'none', damage: 'page 1 is damaged' });
    expect(characterErrorRate(pages[1]?.text ?? '', scan.text)).toBeLessThan(0.05);
    // A page with text keeps it.
    const stamped = makePage(1, { method: 'text', items: [{ text: 'Received 12 May' }] });
    const kept = await readByOcr(open, [stamped], { ...options, ocr: 'always' });
    expect(kept.pages).toEqual([{ ...stamped, ocr: { confidence: 0, languages: [] } }]);
  });

  it('reads the selected pages alone', SLOW, async () => {
    const { pages } = await read(pdf(4), { selection: PageSelection.parse({ targetPages: '3' }) });
    expect(pages.map(({ number, method }) => [number, method])).toEqual([[3, 'ocr']]);
  });

  it('reads text documents by OCR only when it is told to', SLOW, async () => {
    const file = fixture('documents/invoice-1p.pdf');
    expect((await read(file)).pages[0]?.method).toBe('text');
    expect((await read(file, { ocr: 'always' })).pages[0]?.method).toBe('ocr');
    await expect(read(pdf(), { ocr: 'off' })).rejects.toMatchObject({
      code: 'document.no_text',
      message: expect.stringMatching(/set ocr to auto/),
    });
  });

  it('needs a language that is named only where it reads by OCR', SLOW, async () => {
    const options = { languageHint: 'ka' };
    await expect(read(pdf(), options)).rejects.toMatchObject({
      code: 'model.not_installed',
      message: expect.stringMatching(/@tesseract.js-data\/kat/),
    });
    expect((await read(fixture('documents/invoice-1p.pdf'), options)).pages[0]?.method).toBe('text');
  });

  it('is recalled under the same settings alone', SLOW, async () => {
    const kept = encodeDocument(await read(pdf(2)));
    const key = { contentHash: 'a'.repeat(64), extension: '.pdf' };
    const cache = { head: async () => kept.head, pages: async () => [...kept.pages], keep: async () => {} };
    const recall = async (options: Parameters<typeof recallPages>[2]) =>
      (await recallPages(cache, key, options)) !== undefined;
    expect(kept.head.readerIdentity).toMatch(/ \+ ocr-\d+ \(tesseract\.js-7\.0\.0, first eng /);
    expect(await recall({})).toBe(true);
    expect(await recall({ parsing: { lang: 'en' } })).toBe(true);
    expect(await recall({ ocr: 'off' })).toBe(false);
    expect(await recall({ ocr: 'always' })).toBe(false);
    expect(await recall({ ocrMaxPages: 1 })).toBe(false);
    expect(await recall({ parsing: { lang: 'de' } })).toBe(false);
  });
});
