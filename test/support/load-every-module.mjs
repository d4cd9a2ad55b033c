// Loads every module of the program from where it is unpacked, and whatever these import, also later on: prints what fails.
// node --experimental-import-meta-resolve load-every-module.mjs FOLDER
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Left out of a bundle unless it is asked to bring them. */
const OPTIONAL = new Set(['@xenova/transformers', 'sharp', 'tesseract.js']);

const own = join(process.argv[2], 'node_modules', '@docket');
const files = readdirSync(own, { recursive: true })
  .filter((path) => /^[a-z]+\/(?:dist\/.*|index)\.js$/.test(path))
  .map((path) => join(own, path))
  // Programs rather than modules, and what browsers load.
  .filter((path) => !/engine-worker\.js$|@docket\/console\//.test(path));

// pdf.js wants classes for drawing, and says so: packages/core/src/documents/pdf/pdfjs.ts
for (const name of ['DOMMatrix', 'Path2D', 'ImageData']) globalThis[name] ??= class {};
const failures = [];
let count = 0;
async function attempt(what, load) {
  count++;
  await Promise.resolve()
    .then(load)
    .catch((error) => failures.push(`${what}: ${error.message.split('\n')[0]}`));
}

for (const file of files) {
  const { href } = pathToFileURL(file);
  await attempt(file, () => import(href));
  for (const [, how, name] of readFileSync(file, 'utf8').matchAll(
    /\b(import|resolve)\(\s*['"]([^'"./][^'"]*)['"]\s*\)/g,
  )) {
    if (OPTIONAL.has(name)) continue;
    await attempt(`${name}, which ${file} needs later`, () => {
      return how === 'import' ? import(import.meta.resolve(name, href)) : createRequire(file).resolve(name);
    });
  }
}
console.log(JSON.stringify({ count, failures }));
