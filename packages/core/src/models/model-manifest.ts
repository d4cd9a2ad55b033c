import { z } from 'zod';

/** What a model can be used for, by the scorer that uses it. */
export const MODEL_TASKS = ['static', 'embedding', 'zero-shot'] as const;

/** One of {@link MODEL_TASKS}. */
export type ModelTask = (typeof MODEL_TASKS)[number];

/** Names of models: also names of folders, on every system. */
export const modelNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'use letters, digits, dots, dashes and underscores, 100 at most');

const fileSchema = z.strictObject({
  /** Relative to the model's folder, with `/`. */
  path: z.string().min(1),
  bytes: z.number().int().nonnegative(),
  /** 64 hexadecimal digits. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const staticSchema = z.strictObject({
  /** The file of the vectors: Model2Vec's `model.safetensors`, in the model's folder or a sub-folder. */
  weights: z.string(),
  tokenizer: z.string(),
  /** Whether vectors are scaled to length 1. */
  normalize: z.boolean(),
});

const embeddingSchema = z.strictObject({
  /** The graph: `onnx/model.onnx` or another variant, such as `onnx/model_quantized.onnx`. */
  variant: z.string(),
  /** How token vectors become one; `none`: the graph gives one vector per text. */
  pooling: z.enum(['mean', 'cls', 'last_token', 'none']),
  normalize: z.boolean(),
  /** Put before a rule and before a passage: `query: ` and `passage: ` for e5. */
  prefixes: z.strictObject({ rule: z.string(), passage: z.string() }),
  /** Window of the model, in tokens, special ones included. */
  maxTokens: z.number().int().positive(),
  /** The family that pooling and prefixes were recognised by. */
  family: z.string().optional(),
});

const zeroShotSchema = z.strictObject({
  variant: z.string(),
  /** Index of the entailment label among the logits. */
  entailment: z.number().int().nonnegative(),
  /** Number of labels. */
  labels: z.number().int().min(2),
  maxTokens: z.number().int().positive(),
});

/** Schema of {@link ModelManifest}. */
export const modelManifestSchema = z.strictObject({
  format: z.literal(1),
  name: modelNameSchema,
  /** What the model can be used for; each has its part below. */
  tasks: z.array(z.enum(MODEL_TASKS)).min(1),
  /** Where it came from. */
  origin: z.strictObject({
    kind: z.enum(['folder', 'bundle', 'hub']),
    /** `owner/name` on the hub. */
    repository: z.string().optional(),
    /** A commit of it. */
    revision: z.string().optional(),
  }),
  licence: z.string().optional(),
  /** ISO 639-1; absent: not known. */
  languages: z.array(z.string()).optional(),
  /** Sorted by path; all files of the folder but the manifest. */
  files: z.array(fileSchema).min(1),
  static: staticSchema.optional(),
  embedding: embeddingSchema.optional(),
  zeroShot: zeroShotSchema.optional(),
});

/** What `docket-model.json` says of an installed model. */
export type ModelManifest = z.infer<typeof modelManifestSchema>;

/** A file of a model. */
export type ModelFile = z.infer<typeof fileSchema>;

/** Name of the manifest in a model's folder. */
export const MANIFEST_NAME = 'docket-model.json';
