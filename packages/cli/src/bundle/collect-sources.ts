import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DocketError, type InstalledModel, listFiles, ocrRemedy, transformersRemedy } from '@docket/core';
import type { Machine } from './machine.js';
import { isEmpty, neededFiles } from './needed-files.js';
import { placePackages } from './place-packages.js';
import { allPackages, type PackageManifest, productionPackages } from './production-packages.js';

/** The library that `embedding` and `zero-shot` need, with a runtime larger than everything else. */
const TRANSFORMERS = '@xenova/transformers';

const program = fileURLToPath(new URL('../..', import.meta.url));

/** What reads scans: about as large as everything else. */
const OCR = ['tesseract.js', '@tesseract.js-data/eng', 'sharp'];

/** What comes along beside the program. */
export interface ProgramExtras {
  readonly transformers: boolean;
  readonly ocr: boolean;
}

/** What a file is part of. */
export type BundlePart = 'program' | 'transformers' | 'models';

/** A file on its way into the bundle. */
export interface Source {
  /** In the bundle, with `/`. */
  readonly path: string;
  /** Where it is now. */
  readonly source: string;
  readonly part: BundlePart;
  readonly isExecutable?: boolean;
}

/**
 * Finds the files of the program and of what it needs.
 * @throws DocketError `request.invalid_usage` when something is not built or installed, `model.not_installed` without
 *   transformers.js, or what OCR needs, where it is wanted
 */
export async function collectProgram(
  machine: Machine,
  extras: ProgramExtras,
): Promise<{ readonly sources: Source[]; readonly packages: readonly PackageManifest[] }> {
  // transformers.js loads sharp too.
  const withoutOcr = extras.ocr ? [] : OCR.filter((name) => name !== 'sharp' || !extras.transformers);
  const lean = productionPackages(program, { machine, without: [TRANSFORMERS, ...withoutOcr] });
  const root = extras.transformers ? productionPackages(program, { machine, without: withoutOcr }) : lean;
  const all = allPackages(root);
  if (extras.ocr && OCR.some((name) => !all.some(({ dependencies }) => dependencies.has(name)))) throw noOcr();
  if (extras.transformers && !all.some(({ dependencies }) => dependencies.has(TRANSFORMERS))) throw noTransformers();
  const leanFolders = new Set(allPackages(lean).map(({ folder }) => folder));
  const packages: PackageManifest[] = [];
  const sources: Source[] = await collectLauncher();
  for (const { place, package: one } of placePackages(root)) {
    const files = await neededFiles(one, machine);
    if (isEmpty(files) && one.manifest.name.startsWith('@docket/')) throw notBuilt(one.folder);
    packages.push(one.manifest);
    const part = leanFolders.has(one.folder) ? 'program' : 'transformers';
    for (const path of files) sources.push({ path: `${place}/${path}`, source: join(one.folder, path), part });
  }
  return { sources, packages };
}

/** What lies at the top of a bundle. */
async function collectLauncher(): Promise<Source[]> {
  const folder = join(program, 'launcher');
  const { files } = await listFiles(folder);
  const launcher = files.map((path): Source => {
    return { path, source: join(folder, path), part: 'program', isExecutable: path === 'docket' };
  });
  return [...launcher, { path: 'LICENSE', source: licenceAbove(program), part: 'program' }];
}

/** Docket's own licence: at the top of the checkout, or of the bundle that this program came in. */
function licenceAbove(folder: string): string {
  const file = join(folder, 'LICENSE');
  if (existsSync(file)) return file;
  if (folder === dirname(folder)) throw notBuilt(program);
  return licenceAbove(dirname(folder));
}

/** Finds the files of an installed model. */
export async function collectModel({ name, folder }: InstalledModel): Promise<Source[]> {
  const { files } = await listFiles(folder);
  return files.map((path) => ({ path: `models/${name}/${path}`, source: join(folder, path), part: 'models' }));
}

function noTransformers(): DocketError {
  const message = `the bundle is to have transformers.js, which is not installed here; ${transformersRemedy()}`;
  return new DocketError('model.not_installed', message);
}

function noOcr(): DocketError {
  return new DocketError(
    'model.not_installed',
    `the bundle is to have OCR, which is not installed here; ${ocrRemedy()}`,
  );
}

function notBuilt(folder: string): DocketError {
  const message = `${folder} is not built; run \`npm run setup\` first`;
  return new DocketError('request.invalid_usage', message, { data: { folder } });
}
