// Compiles PDFium and keeps the machine code, which every process would else make anew.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const pdfium = fileURLToPath(new URL('../../packages/core/dist/documents/pdf/pdfium', import.meta.url));
const { makeWasmCache } = await import(join(pdfium, 'compile-wasm.js'));
const { pdfiumCodeCache, readPdfium } = await import(join(pdfium, 'pdfium-instance.js'));

const cache = await makeWasmCache(await readPdfium());
if (cache) await writeFile(pdfiumCodeCache(), cache);
