import { DocketError } from '../../errors.js';

/** What can be wrong with a model's files: `data.fault` of a `model.incompatible` error. */
export type ModelFault =
  | 'lfs_pointer'
  | 'html_page'
  | 'empty_file'
  | 'invalid_json'
  | 'onnx_truncated'
  | 'onnx_invalid'
  | 'external_data_missing'
  | 'external_data_truncated'
  | 'safetensors_truncated'
  | 'safetensors_invalid'
  | 'no_model'
  | 'wrong_task'
  | 'pytorch_only'
  | 'no_tokenizer'
  | 'no_config'
  | 'no_entailment'
  | 'unknown_inputs'
  | 'unknown_outputs'
  | 'unsupported_pooling'
  | 'link_outside'
  | 'invalid_manifest'
  | 'not_a_bundle'
  | 'bundle_truncated'
  | 'bundle_unlisted'
  | 'bundle_too_large';

/** What a fault is made of. */
export interface ModelFaultOptions {
  readonly fault: ModelFault;
  /** Says what is wrong, where, and what to do. */
  readonly message: string;
  /** The file or folder that is at fault. */
  readonly file: string;
  readonly cause?: unknown;
}

/** The error for files that are not a model that Docket can use. */
export function modelFault({ fault, message, file, cause }: ModelFaultOptions): DocketError {
  return new DocketError('model.incompatible', message, { data: { fault, file }, cause });
}
