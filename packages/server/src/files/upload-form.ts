import { z } from '@hono/zod-openapi';
import { invalidBody } from '../http/errors.js';
import { text } from '../http/fields.js';
import { parseJsonText } from '../http/json-body.js';
import { toValidationEntries } from '../http/pydantic-errors.js';
import type { ValidationEntry } from '../http/validation-entry.js';
import { parseConfigurationBodySchema } from '../schemas/parse-job.js';

/** What of a file is checked is its name. */
const fileName = text({ max: 3000 });

const fileBytes = z.string().openapi({ format: 'binary' });

/** The parts of the form that makes a file. */
export const fileFormSchema = z.object({
  file: fileName,
  purpose: text({ max: 1000 }).describe('Any text, such as `classify`. Kept.'),
  external_file_id: text({ max: 1000 }).optional().describe('An id of your own, by which files can be listed.'),
});

/** The same form as it is described. */
export const fileFormDescription = fileFormSchema.extend({ file: fileBytes }).openapi('FileForm');

/** The parts of the form that makes a file and a parse job for it. */
export const parseFormSchema = z.object({ file: fileName, configuration: parseConfigurationBodySchema });

/** The same form as it is described: the configuration is JSON in a text. */
export const parseFormDescription = z
  .object({ file: fileBytes, configuration: z.string().describe('As for a parse job without a file, as JSON.') })
  .openapi('ParseForm');

/**
 * Checks the parts of a form.
 * @throws DocketError `request.invalid_body`
 */
export function checkForm<Schema extends z.ZodType>(schema: Schema, parts: unknown): z.output<Schema> {
  const result = schema.safeParse(parts);
  if (result.success) return result.data;
  throw invalidBody(toValidationEntries(result.error.issues, { schema, input: parts, part: 'body' }));
}

/**
 * Reads a part that is JSON.
 * @returns Undefined for an absent or empty part
 * @throws DocketError `request.invalid_body`
 */
export function parseJsonPart(name: string, text: string | undefined): unknown {
  if (!text) return undefined;
  const parsed = parseJsonText(text);
  if ('value' in parsed) return parsed.value;
  const { offset, error } = parsed;
  const loc = ['body', name, offset];
  const entry: ValidationEntry = { type: 'json_invalid', loc, msg: 'JSON decode error', input: {}, ctx: { error } };
  throw invalidBody([entry]);
}
