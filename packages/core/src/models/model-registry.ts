import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DocketError } from '../errors.js';
import { writeBundle } from './bundle/write-bundle.js';
import { hasCode } from './files/file-system.js';
import { modelFault } from './files/model-fault.js';
import { importModel } from './import/import-model.js';
import type { ImportedModel, ImportOptions } from './import/import-options.js';
import { checkName } from './import/stage-folder.js';
import type { ModelManifest, ModelTask } from './model-manifest.js';
import { bundledModelsFolder } from './models-folder.js';
import { readManifest } from './read-manifest.js';
import { sweepLeftovers, withdraw } from './staging.js';
import { checkSizes, compareModel, differenceError, isWhole } from './verify-model.js';

/** A model in its folder. */
export interface InstalledModel {
  readonly name: string;
  readonly folder: string;
  readonly manifest: ModelManifest;
  /** Of all files. */
  readonly bytes: number;
}

/** A model whose files were found with their sizes. */
export type ResolvedModel = InstalledModel;

/** A folder among the models that holds none that can be used. */
export interface BrokenModel {
  readonly name: string;
  readonly folder: string;
  readonly error: DocketError;
}

/** What lies in the folder of models, sorted by name. */
export interface ModelList {
  readonly models: readonly InstalledModel[];
  readonly broken: readonly BrokenModel[];
}

/** Where models are. */
export interface ModelRegistryOptions {
  /** `DOCKET_HOME/models`; need not be there. */
  readonly folder: string;
  /** Models that came with the program and are only read; those in `folder` go before them. @default those of the bundle */
  readonly bundledFolder?: string | undefined;
}

/**
 * The models of an installation: one folder each, with a manifest that holds the SHA-256 of every file. Never touches
 * the network.
 */
export class ModelRegistry {
  /** `DOCKET_HOME/models`; need not be there. */
  readonly folder: string;
  readonly #bundledFolder: string | undefined;

  constructor({ folder, bundledFolder = bundledModelsFolder() }: ModelRegistryOptions) {
    this.folder = folder;
    this.#bundledFolder = bundledFolder;
  }

  /** Lists the models; folders without a usable one are told, not thrown. Sizes are checked, hashes are not. */
  async list(): Promise<ModelList> {
    const models: InstalledModel[] = [];
    const broken: BrokenModel[] = [];
    for (const name of await this.#names()) {
      const folder = (await this.#folderOf(name)) ?? join(this.folder, name);
      try {
        const model = await readModel(name, folder);
        await checkSizes(folder, model.manifest);
        models.push(model);
      } catch (error) {
        if (!(error instanceof DocketError)) throw error;
        broken.push({ name, folder, error });
      }
    }
    return { models, broken };
  }

  /**
   * What is installed under a name; its files are not looked at.
   * @throws DocketError `model.not_installed`, `model.incompatible` when the manifest cannot be read
   */
  async get(name: string): Promise<InstalledModel> {
    checkName(name);
    const folder = await this.#folderOf(name);
    if (folder === undefined) throw await this.#notInstalled(name);
    return readModel(name, folder);
  }

  /**
   * Finds a model for a task. Its files are there with the sizes of the manifest.
   * @throws DocketError `model.not_installed` naming the commands that install it, `model.incompatible` when it has no
   *   such task, `model.checksum_mismatch` when a file is gone or has another size
   */
  async resolve(name: string, task: ModelTask): Promise<ResolvedModel> {
    const model = await this.get(name);
    const { tasks } = model.manifest;
    if (!tasks.includes(task)) {
      const message = `the model ${name} is not for ${task}: it can be used for ${tasks.join(' and ')}; name another with --model`;
      throw new DocketError('model.incompatible', message, { data: { fault: 'wrong_task', name, task, tasks } });
    }
    await checkSizes(model.folder, model.manifest);
    return model;
  }

  /**
   * Finds the only installed model for a task.
   * @throws DocketError `model.not_installed` when there is none, `request.invalid_input` when there are several,
   *   `model.checksum_mismatch` when it is damaged
   */
  async soleModelFor(task: ModelTask): Promise<ResolvedModel> {
    const { models, broken } = await this.list();
    const [model, ...more] = models.filter(({ manifest }) => manifest.tasks.includes(task));
    if (!model) {
      const [damaged] = broken;
      const hint = damaged ? ` (${damaged.name} cannot be used: ${damaged.error.message})` : '';
      const message = `no model for ${task} is installed${hint}; bring one with \`docket models import PATH\`, or \`docket models pull NAME\` where there is a network`;
      throw new DocketError('model.not_installed', message, { data: { task } });
    }
    if (more.length === 0) return model;
    const names = [model, ...more].map(({ name }) => name);
    const message = `several models for ${task} are installed: ${names.join(', ')}; name one with --model`;
    throw new DocketError('request.invalid_input', message, { data: { field: 'model', task, models: names } });
  }

  /**
   * Reads every file of a model again and compares it with the manifest.
   * @throws DocketError `model.checksum_mismatch` with `data.missing`, `data.changed` and `data.extra`;
   *   `model.not_installed`, `model.incompatible`
   */
  async verify(name: string): Promise<InstalledModel> {
    const model = await this.get(name);
    const differences = await compareModel(model.folder, model.manifest);
    if (!isWhole(differences)) throw differenceError(name, differences);
    return model;
  }

  /**
   * Deletes a model, or a folder that holds a broken one; it is gone at once, never by halves.
   * @throws DocketError `model.not_installed`, `request.invalid_input` for one that came with the program
   */
  async remove(name: string): Promise<void> {
    checkName(name);
    await sweepLeftovers(this.folder);
    if (await withdraw(this.folder, name)) return;
    const folder = await this.#folderOf(name);
    if (folder === undefined) throw await this.#notInstalled(name);
    const message = `the model ${name} came with the bundle of the program, in ${folder}; a bundle made without it does not have it`;
    throw new DocketError('request.invalid_input', message, { data: { field: 'name', name, folder } });
  }

  /** Imports a model from a folder or a bundle; see {@link importModel} for what it throws. */
  import(source: string, options: ImportOptions = {}): Promise<ImportedModel> {
    return importModel(this.folder, source, options);
  }

  /**
   * Writes a model into one file, which {@link import} takes on another machine.
   * @throws DocketError `model.not_installed`, `model.checksum_mismatch` when the model is damaged,
   *   `request.invalid_input` when the file is there already
   */
  async bundle(name: string, file: string, options: { readonly replace?: boolean } = {}): Promise<InstalledModel> {
    const model = await this.get(name);
    await writeBundle({ ...options, folder: model.folder, manifest: model.manifest, file });
    return model;
  }

  /** The folder of a model, that of the data folder before that of the bundle. */
  async #folderOf(name: string): Promise<string | undefined> {
    for (const parent of this.#folders()) {
      const folder = join(parent, name);
      if (await isFolder(folder)) return folder;
    }
    return undefined;
  }

  async #names(): Promise<string[]> {
    const names = await Promise.all(this.#folders().map(namesIn));
    return [...new Set(names.flat())].sort();
  }

  #folders(): string[] {
    return this.#bundledFolder === undefined ? [this.folder] : [this.folder, this.#bundledFolder];
  }

  async #notInstalled(name: string): Promise<DocketError> {
    const names = await this.#names();
    const there = names.length === 0 ? 'none are there' : `there are: ${names.join(', ')}`;
    const message = `the model ${name} is not installed in ${this.folder} (${there}); bring it with \`docket models import PATH\`, or \`docket models pull ${name}\` where there is a network`;
    return new DocketError('model.not_installed', message, { data: { name, models: names } });
  }
}

async function readModel(name: string, folder: string): Promise<InstalledModel> {
  const manifest = await readManifest(folder);
  if (manifest.name !== name) {
    const message = `the folder ${folder} holds the model ${manifest.name}; import it from there with --name, or give the folder its name back`;
    throw modelFault({ fault: 'invalid_manifest', message, file: folder });
  }
  return { name, folder, manifest, bytes: manifest.files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** Folders that may be models; names with a dot in front are those of Docket itself. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const mayBeModel = (entry: (typeof entries)[number]) => entry.isDirectory() || entry.isSymbolicLink();
    return entries.filter((entry) => mayBeModel(entry) && !entry.name.startsWith('.')).map(({ name }) => name);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
}
