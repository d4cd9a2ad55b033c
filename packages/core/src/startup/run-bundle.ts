import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { codeCacheFile } from './code-cache-file.js';

/** What a bundle is called with: what CommonJS gives a module, a way to other bundles, and one to packages beside them. */
type BundleFunction = (
  exports: unknown,
  require: NodeJS.Require,
  module: { exports: unknown },
  filename: string,
  runBundle: (file: string) => unknown,
  importPackage: (name: string) => Promise<unknown>,
) => void;

/** Told of every script that is loaded: the build makes the code caches so. */
export type OnScript = (file: string, script: Script) => void;

/**
 * Runs a bundle that the build made: a whole program as one script, with the machine code's precursor (V8's code cache)
 * beside it, so that nothing is resolved, parsed or compiled. V8 refuses a cache of another version or other flags; then the
 * script is compiled.
 * @param file Path of the bundle, which is ASCII
 * @returns What it exports
 */
export function runBundle(file: string, onScript: OnScript = () => {}): unknown {
  forgetHeapFlags();
  const script = new Script(readFileSync(file, 'latin1'), {
    filename: file,
    cachedData: readCodeCache(file),
  });
  onScript(file, script);
  const module = { exports: {} as unknown };
  const bundle: BundleFunction = script.runInThisContext();
  const runOther = (other: string) => runBundle(other, onScript);
  // A script with a code cache has no `import` of its own in Node 20. This module is bundled too, and lies beside it.
  const importPackage = (name: string) => import(name);
  bundle(module.exports, quickRequire(file), module, file, runOther, importPackage);
  return module.exports;
}

function readCodeCache(file: string): Buffer | undefined {
  try {
    return readFileSync(codeCacheFile(file));
  } catch {
    return undefined;
  }
}

/** The way through CommonJS takes ten times as long, and most of what a bundle requires is Node's own. */
function quickRequire(file: string): NodeJS.Require {
  const require = createRequire(file);
  const quick = (id: string) => process.getBuiltinModule?.(id) ?? require(id);
  return Object.assign(quick, require);
}

/**
 * V8 counts flags among what a code cache is made for, those of the heap too, which have had their effect by now: the heap
 * keeps its limits. Set back to "not given", they are as they were when the cache was made.
 */
function forgetHeapFlags(): void {
  const given = process.execArgv.flatMap(
    (flag) => /^--((?:max|min|initial)-(?:old-space|semi-space)-size)=/.exec(flag)?.[1] ?? [],
  );
  for (const flag of given) setFlagsFromString(`--${flag}=0`);
}
