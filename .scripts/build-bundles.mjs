// Makes single files of what starts `docket classify`, so that a start resolves, parses and compiles next to nothing:
// packages/cli/dist/bundled   start.js (what the command runs), classify.cjs
// packages/core/dist/bundled  engine-worker.js, engine-worker.cjs, pdfjs.cjs, languages.bin (what languages are detected by)
// each .cjs with V8's code cache for this Node beside it (see packages/core/src/startup/run-bundle.ts), and PDFium's machine code
// (see packages/core/src/documents/pdf/pdfium/compile-wasm.ts).
// Skips the work when nothing changed since the last time.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { run } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const core = join(root, 'packages/core');
const cli = join(root, 'packages/cli');
const made = [join(core, 'dist/bundled'), join(cli, 'dist/bundled')];
const stampFile = join(made[0], 'stamp');

/** Folders of our own packages, as modules of ours tell where they are. */
const OWN = { '@docket/core': core, '@docket/cli': cli, '@docket/models': join(root, 'models') };

/** What a bundle does not hold; the heavy ones are loaded by few. */
const LEFT_OUT = [
  '@xenova/transformers',
  '@huggingface/tokenizers',
  'sharp',
  'tesseract.js',
  '@docket/evals',
  '@docket/server',
  '@docket/store',
];

async function bundleAll() {
  for (const folder of made) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
  }
  await bundle(join(core, 'dist/workers/engine-worker.js'), { package: '@docket/core', format: 'cjs' });
  await bundle(join(root, '.scripts/bundles/pdfjs.js'), { package: '@docket/core', format: 'cjs' });
  await bundle(join(cli, 'dist/classify.js'), { package: '@docket/cli', format: 'cjs' });
  // Where V8 breaks off over it, PDFium is compiled when it is used.
  spawnSync(process.execPath, [join(root, '.scripts/bundles/make-wasm-cache.mjs')]);
  // In processes of their own, for a code cache has what was compiled until then.
  for (const program of ['engine-worker', 'classify']) {
    run(process.execPath, [join(root, '.scripts/bundles/make-code-cache.mjs'), program]);
  }
  // Last: they are what is started, and a build may break off before.
  await bundle(join(core, 'dist/startup/engine-worker.js'), { package: '@docket/core', format: 'esm' });
  await bundle(join(cli, 'dist/start.js'), { package: '@docket/cli', format: 'esm' });
  await writeFile(stampFile, stamp);
}

async function bundle(entry, { package: owner, format }) {
  const outFolder = join(OWN[owner], 'dist/bundled');
  const name = entry.slice(entry.lastIndexOf('/') + 1, -'.js'.length);
  const isScript = format === 'cjs';
  const outfile = join(outFolder, `${name}.${isScript ? 'cjs' : 'js'}`);
  const parameters = 'exports, require, module, __filename, __runBundle, __import';
  const { outputFiles } = await build({
    entryPoints: [entry],
    outfile,
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format,
    external: LEFT_OUT,
    alias: { 'pdfjs-dist': join(core, 'node_modules/pdfjs-dist') },
    legalComments: 'none',
    logLevel: 'error',
    // One function that `runBundle` calls, in place of a module that Node would wrap in one.
    ...(isScript ? { banner: { js: `(function (${parameters}) {${prelude(owner)}` }, footer: { js: '})' } } : {}),
    plugins: isScript
      ? [ownFiles(owner), pdfjsApart, ...(owner === '@docket/core' ? [languageData(outFolder)] : [])]
      : [ownFiles()],
    ...(isScript ? { define: { 'import.meta.url': '__filename' } } : {}),
  });
  const [{ text }] = outputFiles;
  await writeFile(outfile, isScript ? forScript(text) : text);
}

/**
 * A script that comes with a code cache cannot import: that is done for it. And it is ASCII, of which V8 keeps a byte a
 * character: esbuild leaves other characters in regular expressions, where an escape means the same.
 */
function forScript(text) {
  return text
    .replaceAll(/\bimport\(("[^"]+")\)/g, '__import($1)')
    .replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Our own modules have no side effects, so that only what is used is bundled; and they know where they are, in a script too.
 * @param owner the package of the script; none: a module, which knows it by itself
 */
function ownFiles(owner) {
  return {
    name: 'own-files',
    setup(builder) {
      builder.onResolve({ filter: /^(\.|@docket\/)/ }, async ({ path, pluginData, ...options }) => {
        // What a starting module loads later, it loads from `dist`.
        if (!owner && options.kind === 'dynamic-import') return { path: `.${path}`, external: true };
        if (pluginData === 'resolving' || LEFT_OUT.includes(path)) return undefined;
        const { path: found, errors, external } = await builder.resolve(path, { ...options, pluginData: 'resolving' });
        return placeOf(found) ? { path: found, sideEffects: false } : { path: found, errors, external };
      });
      builder.onLoad({ filter: /\.js$/ }, async ({ path }) => {
        const place = placeOf(path);
        if (!place) return undefined;
        const text = await readFile(path, 'utf8');
        return { contents: text.replaceAll('import.meta.url', owner ? ownUrl(place) : moduleUrl(place)) };
      });
    },
  };
}

/** Which package of ours a file is in, and where there. */
function placeOf(file) {
  const [name, folder] = Object.entries(OWN).find(([, place]) => file.startsWith(`${place}/`)) ?? [];
  if (!folder || file.includes('/node_modules/')) return undefined;
  return { name, path: relative(folder, file) };
}

function ownUrl({ name, path }) {
  return `__ownUrl(${JSON.stringify(name)}, ${JSON.stringify(path)})`;
}

/** Packages of ours lie beside each other, in the checkout and where they are installed. */
function moduleUrl({ name, path }) {
  return `new URL(${JSON.stringify(`../../../${name.replace('@docket/', '')}/${path}`)}, import.meta.url).href`;
}

/** Finds files of ours from a script, in the checkout and where packages are installed; and the script beside it. */
function prelude(owner) {
  return `
    var __folders = { ${JSON.stringify(owner)}: new URL('../../', require('node:url').pathToFileURL(__filename)) };
    function __ownUrl(name, path) {
      return new URL(path, (__folders[name] ??= __folderOf(name))).href;
    }
    function __folderOf(name) {
      var { createRequire } = require('node:module');
      var from = name === '@docket/models' ? __ownUrl('@docket/core', 'package.json') : __filename;
      var main = require('node:url').pathToFileURL(createRequire(from).resolve(name));
      return new URL(name === '@docket/models' ? './' : '../', main);
    }
    var __pdfjsLoaded;
    function __pdfjs() {
      return (__pdfjsLoaded ??= __runBundle(require('node:path').join(__filename, '../pdfjs.cjs')));
    }
  `;
}

/** pdf.js is a script of its own: other documents do without it. */
const pdfjsApart = {
  name: 'pdfjs-apart',
  setup(builder) {
    builder.onResolve({ filter: /^pdfjs-dist\/legacy\/build\// }, ({ path, importer }) => {
      if (importer.endsWith('bundles/pdfjs.js')) return undefined;
      return { path: path.includes('worker') ? 'worker' : 'library', namespace: 'pdfjs' };
    });
    builder.onLoad({ filter: /.*/, namespace: 'pdfjs' }, ({ path }) => ({
      contents: `module.exports = __pdfjs().${path};`,
    }));
  },
};

/** The letter statistics of `eld` are a literal of 50,000 objects: packed, they cost a start next to nothing. */
function languageData(folder) {
  return {
    name: 'language-data',
    setup(builder) {
      builder.onLoad({ filter: /eld\/src\/ngrams\/extrasmall\.js$/ }, async ({ path }) => {
        const { packNgrams } = await import(join(core, 'dist/languages/packed-ngrams.js'));
        const { packValue } = await import(join(core, 'dist/knowledge/packed-value.js'));
        const { ngramsData } = await import(path);
        const packed = packValue({ ...ngramsData, ngrams: packNgrams(ngramsData.ngrams) });
        await writeFile(join(folder, 'languages.bin'), packed);
        return {
          resolveDir: join(core, 'dist/languages'),
          contents: `
            import { readFileSync } from 'node:fs';
            import { join } from 'node:path';
            import { unpackValue } from '../knowledge/packed-value.js';
            import { unpackNgrams } from './packed-ngrams.js';
            const packed = unpackValue(readFileSync(join(__filename, '../languages.bin')));
            export const ngramsData = { ...packed, ngrams: unpackNgrams(packed.ngrams) };
          `,
        };
      });
    },
  };
}

async function hashInputs() {
  const hash = createHash('sha256').update(process.version + process.arch);
  hash.update(await readFile(join(root, 'pnpm-lock.yaml')));
  for (const folder of ['.scripts', 'packages/core/dist', 'packages/cli/dist', 'models']) {
    for (const file of (await readdir(join(root, folder), { recursive: true })).sort()) {
      if (!/\.m?js$/.test(file) || file.startsWith('bundled/')) continue;
      hash.update(file).update(await readFile(join(root, folder, file)));
    }
  }
  return hash.digest('hex');
}

/** A bundle is used unless something was built after it. */
async function touch() {
  const now = new Date();
  for (const folder of made) {
    for (const file of await readdir(folder)) await utimes(join(folder, file), now, now);
  }
}

const stamp = await hashInputs();
const isMade = made.every((folder) => existsSync(folder));
if (isMade && (await readFile(stampFile, 'utf8').catch(() => '')) === stamp) await touch();
else await bundleAll();
