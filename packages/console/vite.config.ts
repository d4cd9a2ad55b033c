import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const pdfjsPackage = createRequire(import.meta.url).resolve('pdfjs-dist/package.json');
const pdfjsFolder = dirname(pdfjsPackage);

/** Has the version in it, for what is served from `assets` is kept by browsers for good. */
const pdfjsBase = `assets/pdfjs-${JSON.parse(readFileSync(pdfjsPackage, 'utf8')).version}`;

/** What pdf.js fetches when a document asks for it; of its decoders only those in JavaScript, which need no right to compile. */
const PDFJS_FILES = { cmaps: /\.bcmap$/, standard_fonts: /\.(pfb|ttf)$/, wasm: /\.js$/ };

export default defineConfig({
  // Relative, so that the page also works behind a proxy with a path of its own.
  base: './',
  define: { PDFJS_BASE: JSON.stringify(`./${pdfjsBase}`) },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { checks: { pluginTimings: false } },
    reportCompressedSize: false,
  },
  plugins: [pdfjsFiles()],
  server: { proxy: { '/api': process.env['DOCKET_URL'] ?? 'http://127.0.0.1:8484' } },
});

function pdfjsFiles(): Plugin {
  return {
    name: 'pdfjs-files',
    generateBundle() {
      for (const [folder, wanted] of Object.entries(PDFJS_FILES)) {
        for (const name of readdirSync(join(pdfjsFolder, folder)).filter((file) => wanted.test(file))) {
          const source = readFileSync(join(pdfjsFolder, folder, name));
          this.emitFile({ type: 'asset', fileName: `${pdfjsBase}/${folder}/${name}`, source });
        }
      }
    },
  };
}
