/** What of a package a bundle takes and leaves, where the rules for every package are not enough. */
export interface PackageNeeds {
  /** Nothing but these files, and what is below these folders, is taken; beside `package.json` and licences. */
  readonly only?: readonly string[];
  /** Files and folders that are left out. */
  readonly leaveOut?: readonly string[];
  /** Endings that are left out. */
  readonly leaveOutEndings?: readonly string[];
  /** Dependencies that are never loaded when Docket runs; `*`: none is. */
  readonly without?: readonly string[];
}

/**
 * Packages that hold much more than Docket loads. A test makes sure that each is there, and that every module of the
 * program loads from a bundle.
 */
export const PACKAGE_NEEDS: Readonly<Record<string, PackageNeeds>> = {
  // What makes a start quicker on the machine that it was built on: a second copy of the program.
  '@docket/cli': { leaveOut: ['dist/bundled'] },
  '@docket/core': { leaveOut: ['dist/bundled'] },
  // Three builds, each with its worker, a viewer and image decoders.
  'pdfjs-dist': {
    only: ['legacy/build/pdf.mjs', 'legacy/build/pdf.worker.mjs', 'cmaps', 'standard_fonts'],
    without: ['*'],
  },
  // Builds for browsers and workers, one of them with the WebAssembly in it once more.
  '@hyzyla/pdfium': {
    leaveOut: [
      'dist/index.esm.base64.js',
      'dist/index.esm.browser.js',
      'dist/index.esm.cdn.js',
      'dist/index.esm.worker.js',
      'dist/pdfium.wasm.base64-B4io7kt4.js',
      'dist/worker',
      'dist/worker.bundle.js',
    ],
  },
  // The script that the server hands out; the module is only asked where it is.
  '@scalar/api-reference': { only: ['dist/index.js', 'dist/browser/standalone.js'], without: ['*'] },
  // The sources of SQLite, what the compiler left behind, and the installer.
  'better-sqlite3': { only: ['lib', 'build/Release/better_sqlite3.node'], without: ['prebuild-install'] },
  // Loaded in another runtime than Node.
  pg: { without: ['pg-cloudflare'] },
  // Builds for browsers and old systems; what pg-boss reads the times of day with is loaded, and not used.
  luxon: { only: ['build/node/luxon.js'] },
  // Builds for browsers; what would fetch, cache in a browser, or ask for donations.
  'tesseract.js': {
    only: ['src'],
    leaveOut: ['src/worker/browser', 'src/worker-script/browser'],
    without: ['idb-keyval', 'node-fetch', 'opencollective-postinstall', 'zlibjs'],
  },
  // The same programs with the WebAssembly inside, and those for the neural network alone, which Node is not given.
  'tesseract.js-core': {
    only: ['tesseract-core', 'tesseract-core-simd', 'tesseract-core-relaxedsimd'].flatMap((name) => [
      `${name}.js`,
      `${name}.wasm`,
    ]),
  },
  // The same language for other engines.
  '@tesseract.js-data/eng': { only: ['4.0.0_best_int'] },
  // Its tables for other sizes.
  eld: {
    leaveOut: ['src/ngrams/large.js', 'src/ngrams/medium.js', 'src/ngrams/small.js'],
  },
  // The same again for require(), for import where only require() is used, and for browsers.
  hono: { leaveOut: ['dist/cjs', 'dist/types'] },
  zod: { leaveOut: ['src'], leaveOutEndings: ['.cjs'] },
  'csv-parse': { only: ['lib'] },
  'postal-mime': { only: ['dist/esm'] },
  'simple-statistics': { only: ['dist/simple-statistics.mjs'] },
  stopword: { only: ['dist/stopword.cjs.js'] },
  yaml: { leaveOut: ['browser'] },
  '@huggingface/tokenizers': { only: ['dist/tokenizers.mjs'] },
  '@opentelemetry/api': { leaveOutEndings: ['.mjs'] },
  // For the runtime Bare.
  'tar-stream': { without: ['bare-fs'] },
  // Builds for browsers; the runtime in WebAssembly.
  '@huggingface/transformers': {
    only: ['dist/transformers.node.mjs', 'dist/transformers.node.cjs'],
    without: ['onnxruntime-web'],
  },
  // What its installer downloads with.
  'onnxruntime-node': { leaveOut: ['script'], without: ['adm-zip', 'global-agent'] },
};

/** What a package needs, by its own name. */
export function needsOf(name: string): PackageNeeds {
  return PACKAGE_NEEDS[name] ?? {};
}
