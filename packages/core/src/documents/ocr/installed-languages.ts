import { readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OcrLanguage } from './ocr-engine.js';

/** The npm packages of tesseract.js with the data of one language each. */
const SCOPE = '@tesseract.js-data';

/** Where such a package has its data: quantised, for the neural network alone. */
const PACKAGE_FOLDER = '4.0.0_best_int';

/** Ending of a file with the data of a language. */
const ENDING = '.traineddata';

/**
 * Languages whose data lies on this machine, by code: files in a folder, then npm packages that lie where this one finds its
 * dependencies. A language that is there twice is the one of the folder.
 */
export async function installedLanguages(folder: string | undefined): Promise<readonly OcrLanguage[]> {
  const found = [...(await inFolder(folder)), ...(await inPackages())];
  const byCode = new Map<string, OcrLanguage>();
  for (const language of found) if (!byCode.has(language.code)) byCode.set(language.code, language);
  return [...byCode.values()].sort((one, other) => (one.code < other.code ? -1 : 1));
}

async function inFolder(folder: string | undefined): Promise<OcrLanguage[]> {
  if (folder === undefined) return [];
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(ENDING));
  const found = await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      const code = name.slice(0, -ENDING.length);
      // A link to nowhere is no language.
      const facts = await stat(file).catch(() => undefined);
      return facts && { code, file, identity: `${code}#${facts.size}-${Math.round(facts.mtimeMs)}`, source: file };
    }),
  );
  return found.filter((language) => language !== undefined);
}

let packages: Promise<OcrLanguage[]> | undefined;

/** What npm installed does not change while a process runs. */
function inPackages(): Promise<OcrLanguage[]> {
  packages ??= findPackages();
  return packages;
}

async function findPackages(): Promise<OcrLanguage[]> {
  const here = fileURLToPath(import.meta.url);
  // Not those of the environment and of the user's folder: what is read must not depend on who starts the program.
  const above = (place: string) => here.startsWith(dirname(place) + sep);
  const places = (createRequire(import.meta.url).resolve.paths(`${SCOPE}/eng`) ?? []).filter(above);
  const found = await Promise.all(places.map((place) => packagesIn(join(place, SCOPE))));
  return found.flat();
}

async function packagesIn(scope: string): Promise<OcrLanguage[]> {
  const codes = await readdir(scope).catch(() => []);
  const found = await Promise.all(codes.map((code) => languageOf(scope, code)));
  return found.filter((language) => language !== undefined);
}

async function languageOf(scope: string, code: string): Promise<OcrLanguage | undefined> {
  try {
    const { version } = JSON.parse(await readFile(join(scope, code, 'package.json'), 'utf8')) as { version: string };
    const file = join(scope, code, PACKAGE_FOLDER, `${code}${ENDING}.gz`);
    await stat(file);
    return { code, file, identity: `${code}-${version}`, source: `${SCOPE}/${code} ${version}` };
  } catch {
    return undefined;
  }
}
