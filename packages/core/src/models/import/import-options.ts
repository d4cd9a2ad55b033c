import type { ModelManifest } from '../model-manifest.js';

/** Settings of {@link ModelManifest}'s `embedding`, and of the window, that the importer says rather than the files. */
export interface EmbeddingOverrides {
  readonly pooling?: 'mean' | 'cls' | 'last_token' | 'none';
  readonly normalize?: boolean;
  readonly prefixes?: { readonly rule?: string; readonly passage?: string };
  /** Tokens, special ones included; of a zero-shot model too. */
  readonly maxTokens?: number;
}

/** How a model is imported. */
export interface ImportOptions {
  /** @default the bundle's name, or the folder's base name */
  readonly name?: string;
  /** Whether another model of that name is replaced. @default false */
  readonly replace?: boolean;
  /** Which graph of several: a path, or `quantized` for `onnx/model_quantized.onnx`. @default `model.onnx` */
  readonly variant?: string;
  readonly embedding?: EmbeddingOverrides;
  /** @default `{kind: 'folder'}`; of a bundle: its own repository and revision */
  readonly origin?: ModelManifest['origin'];
  /** @default what the front matter of the README says */
  readonly licence?: string;
  /** ISO 639-1. @default what the front matter of the README says */
  readonly languages?: readonly string[];
  /**
   * Called when the files are staged and before the manifest is written: may write `background.*.json` into the folder,
   * which then are files of the model.
   */
  readonly prepare?: (stagedFolder: string, manifest: ModelManifest) => Promise<void>;
}

/** A file that was not imported. */
export interface LeftOut {
  /** Relative to the source, with `/`; of a folder left out whole: with `/` at the end. */
  readonly path: string;
  readonly reason: string;
}

/** What was imported. */
export interface ImportedModel {
  readonly manifest: ModelManifest;
  /** Where it lies now. */
  readonly folder: string;
  /** Of all files. */
  readonly bytes: number;
  /** `unchanged`: the same model was there already, whole. */
  readonly outcome: 'new' | 'replaced' | 'unchanged';
  readonly leftOut: readonly LeftOut[];
}
