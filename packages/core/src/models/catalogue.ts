import { readFile } from 'node:fs/promises';
import { catalogueFile } from '@docket/models';
import { parse } from 'yaml';
import { z } from 'zod';
import { DocketError } from '../errors.js';
import { MODEL_TASKS, modelNameSchema } from './model-manifest.js';

/** `owner/name` on a hub. */
export const repositorySchema = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9][\w.-]{0,95}$/, 'write it like owner/name');

const listedFileSchema = z.strictObject({
  path: z.string().min(1),
  /** Whether the model can do without it. */
  optional: z.boolean().optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});

/** A path alone, with a `?` behind it if the file is optional. */
const fileSchema = z.union([
  z
    .string()
    .min(1)
    .transform(
      (text): z.infer<typeof listedFileSchema> =>
        text.endsWith('?') ? { path: text.slice(0, -1), optional: true } : { path: text },
    ),
  listedFileSchema,
]);

const entrySchema = z
  .strictObject({
    name: modelNameSchema,
    repository: repositorySchema,
    /** A commit, or a branch. */
    revision: z.string().min(1),
    tasks: z.array(z.enum(MODEL_TASKS)).min(1),
    /** Of all files together, about; MB of 1,000,000 bytes. */
    sizeMb: z.number().positive(),
    /** ISO 639-1; `mul` for a hundred or so. */
    languages: z.array(z.string().regex(/^[a-z]{2,3}$/)).min(1),
    licence: z.string().min(1),
    /** Whether each file has its SHA-256 here, or what the first pull sees is recorded. */
    hashes: z.enum(['listed', 'first-use']),
    files: z.array(fileSchema).min(1),
    pooling: z.enum(['mean', 'cls', 'last_token', 'none']).optional(),
    prefixes: z.strictObject({ rule: z.string(), passage: z.string() }).optional(),
    /** One sentence. */
    chooseWhen: z.string().min(20).max(200),
  })
  .refine(
    ({ hashes, revision, files }) =>
      hashes === 'first-use' || (/^[0-9a-f]{40}$/.test(revision) && files.every((file) => file.sha256 !== undefined)),
    { message: 'hashes: listed needs a commit as revision and a sha256 for each file', path: ['hashes'] },
  );

const catalogueSchema = z.strictObject({ models: z.array(entrySchema).min(1) });

/** A model that is known by name. */
export type CatalogueEntry = z.infer<typeof entrySchema>;

/**
 * Loads the models that can be pulled by name.
 * @param path Another file of the same shape
 * @throws DocketError `model.invalid_knowledge`
 */
export async function loadCatalogue(path: string = catalogueFile): Promise<readonly CatalogueEntry[]> {
  const invalid = (problem: string, cause?: unknown) =>
    new DocketError(
      'model.invalid_knowledge',
      `the catalogue of models ${path} is invalid: ${problem}; mend the file`,
      {
        data: { path },
        cause,
      },
    );
  let content: unknown;
  try {
    content = parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw invalid((error as Error).message.split('\n')[0] ?? '', error);
  }
  const catalogue = catalogueSchema.safeParse(content);
  if (!catalogue.success) throw invalid(z.prettifyError(catalogue.error));
  const { models } = catalogue.data;
  const twice = models.find(({ name }, index) => models.findIndex((other) => other.name === name) !== index);
  if (twice) throw invalid(`${twice.name} stands in it twice`);
  return models;
}
