import { join } from 'node:path';
import { DocketError } from './errors.js';
import { modelHash, modelVariant } from './models/model-hash.js';
import type { ModelManifest, ModelTask } from './models/model-manifest.js';
import { StaticModel } from './scoring/static/static-model.js';
import { NliModel } from './scoring/transformers/nli-model.js';
import { TransformerEncoder } from './scoring/transformers/transformer-encoder.js';

/** A model's files and what its manifest says of them. */
export interface ModelFiles {
  readonly folder: string;
  readonly manifest: ModelManifest;
  /** Threads of one model run. @default 1 */
  readonly threads?: number | undefined;
}

/** Loads what a model has for `static`. @throws DocketError `model.*` */
export function loadStaticModel({ folder, manifest }: ModelFiles): Promise<StaticModel> {
  const settings = partOf(manifest, 'static', manifest.static);
  return StaticModel.load({ folder, ...settings, identity: modelIdentity(manifest, 'static') });
}

/** Loads what a model has for `embedding`. @throws DocketError `model.*` */
export function loadSentenceEncoder({ folder, manifest, threads = 1 }: ModelFiles): Promise<TransformerEncoder> {
  const settings = partOf(manifest, 'embedding', manifest.embedding);
  const identity = modelIdentity(manifest, 'embedding');
  return TransformerEncoder.load({ folder, settings, identity, name: manifest.name, threads });
}

/** Loads what a model has for `zero-shot`. @throws DocketError `model.*` */
export function loadEntailmentModel({ folder, manifest, threads = 1 }: ModelFiles): Promise<NliModel> {
  const settings = partOf(manifest, 'zero-shot', manifest.zeroShot);
  const identity = modelIdentity(manifest, 'zero-shot');
  return NliModel.load({ folder, settings, identity, name: manifest.name, threads });
}

/** The file in a model's folder that holds its background for a task; it is written when the model is imported. */
export function backgroundFile(folder: string, task: ModelTask): string {
  return join(folder, backgroundName(task));
}

function backgroundName(task: ModelTask): string {
  return `background.${task}.json`;
}

function partOf<Part>(manifest: ModelManifest, task: ModelTask, part: Part | undefined): Part {
  if (part !== undefined) return part;
  const message = `the model ${manifest.name} cannot be used for ${task}; its manifest has no settings for it`;
  throw new DocketError('model.incompatible', message, { data: { model: manifest.name, task } });
}

/** Digits of the background's hash that are part of the identity. */
const DIGITS = 6;

/** Name, variant and hash of a model and its background: part of every result. */
function modelIdentity(manifest: ModelManifest, task: ModelTask): string {
  const background = manifest.files.find(({ path }) => path === backgroundName(task))?.sha256.slice(0, DIGITS);
  const hash = modelHash(manifest, task);
  return `${manifest.name}/${modelVariant(manifest, task)}@${hash}${background ? `-${background}` : ''}`;
}
