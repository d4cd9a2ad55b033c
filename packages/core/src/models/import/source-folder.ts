import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, sep } from 'node:path';
import { DocketError } from '../../errors.js';
import { readJson } from '../files/check-file.js';
import { modelFault } from '../files/model-fault.js';
import { isSafePath } from '../files/safe-path.js';
import type { LeftOut } from './import-options.js';

const MAX_DEPTH = 3;
const MAX_ENTRIES = 10_000;

/** A folder that a model is imported from: its files by relative path, links followed only inside it. */
export class SourceFolder {
  readonly #files = new Map<string, string>();
  readonly #outside = new Set<string>();
  readonly leftOut: LeftOut[] = [];
  #entries = 0;

  private constructor(
    /** Without links. */
    readonly folder: string,
    /** Base name of the folder as it was given. */
    readonly name: string,
  ) {}

  /** @throws DocketError `request.invalid_input` when it is far too large for a model's folder */
  static async list(folder: string): Promise<SourceFolder> {
    const root = await realpath(folder);
    const source = new SourceFolder(root, basename(folder) === '.' ? basename(root) : basename(join(folder)));
    await source.#walk('', root, 0);
    return source;
  }

  /** Relative paths with `/`, sorted. */
  get paths(): readonly string[] {
    return [...this.#files.keys(), ...this.#outside].sort();
  }

  has(path: string): boolean {
    return this.#files.has(path) || this.#outside.has(path);
  }

  /**
   * Where a file really lies.
   * @throws DocketError `model.incompatible` when it is a link to somewhere else
   */
  locate(path: string): string {
    const file = this.#files.get(path);
    if (file !== undefined) return file;
    const link = join(this.folder, path);
    const message = `${link} is a link to a place outside ${this.folder}, or to nothing; copy the folder with its links followed (\`cp -rL\`) and import the copy`;
    throw modelFault({ fault: 'link_outside', message, file: link });
  }

  /**
   * Reads a JSON file; undefined when there is none.
   * @throws DocketError `model.incompatible`
   */
  async json(path: string): Promise<unknown> {
    return this.has(path) ? await readJson(this.locate(path)) : undefined;
  }

  leaveOut(path: string, reason: string): void {
    this.leftOut.push({ path, reason });
  }

  async #walk(path: string, folder: string, depth: number): Promise<void> {
    for (const name of (await readdir(folder)).sort()) {
      this.#entries += 1;
      if (this.#entries > MAX_ENTRIES) throw tooManyFiles(this.folder);
      await this.#take(path === '' ? name : `${path}/${name}`, join(folder, name), depth);
    }
  }

  async #take(path: string, place: string, depth: number): Promise<void> {
    const isHidden = /(?:^|\/)\.[^/]*$/.test(path);
    const real = await realpath(place).catch(() => undefined);
    const status = real === undefined ? undefined : await stat(real);
    const shown = status?.isDirectory() ? `${path}/` : path;
    if (isHidden) this.leaveOut(shown, 'hidden');
    else if (!isSafePath(path)) this.leaveOut(shown, 'its name does not work on every system');
    else if (!real || !status || !this.#isInside(real)) this.#outside.add(path);
    else if (status.isDirectory()) await this.#enter(path, real, depth);
    else if (status.isFile()) this.#files.set(path, real);
    else this.leaveOut(path, 'not an ordinary file');
  }

  async #enter(path: string, folder: string, depth: number): Promise<void> {
    if (depth < MAX_DEPTH) await this.#walk(path, folder, depth + 1);
    else this.leaveOut(`${path}/`, 'too many folders deep');
  }

  #isInside(real: string): boolean {
    const path = relative(this.folder, real);
    return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
  }
}

function tooManyFiles(folder: string): DocketError {
  const message = `${folder} holds more than ${MAX_ENTRIES.toLocaleString('en')} files, so it is not the folder of one model; name the folder that has config.json`;
  return new DocketError('request.invalid_input', message, { data: { folder } });
}
