import { z } from 'zod';
import { DOCUMENT_FORMATS } from '../documents/document-reader.js';

const phrase = z.string().trim().min(1).max(120);
const phrases = z.array(phrase);
const layoutWeight = z.enum(['strong', 'weak', 'against']);

/** Layout features that are numbers. */
export const NUMERIC_FEATURES = [
  'pages',
  'words_per_page',
  'line_length',
  'digit_share',
  'money_rate',
  'bullet_share',
  'section_rate',
  'citation_rate',
  'mail_headers',
  'blank_fields',
  'code_share',
  'question_share',
  'time_rate',
  'speaker_share',
] as const;

/** One of {@link NUMERIC_FEATURES}. */
export type NumericFeature = (typeof NUMERIC_FEATURES)[number];

const layoutCue = z.union([
  z.strictObject({ feature: z.literal('format'), in: z.array(z.enum(DOCUMENT_FORMATS)).min(1), weight: layoutWeight }),
  z.strictObject({
    feature: z.literal('orientation'),
    in: z.array(z.enum(['landscape', 'portrait'])).min(1),
    weight: layoutWeight,
  }),
  z
    .strictObject({
      feature: z.enum(NUMERIC_FEATURES),
      min: z.number().optional(),
      max: z.number().optional(),
      weight: layoutWeight,
    })
    .refine(({ min, max }) => min !== undefined || max !== undefined, 'needs min, max or both'),
]);

/** What a page must look like for a layout cue to fire. */
export type LayoutCue = z.infer<typeof layoutCue>;

/** A document type as `models/doctypes/*.yaml` holds it; `models/doctypes/README.md` explains each field. */
export const documentTypeSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]{1,49}$/),
  name: phrase,
  aliases: phrases.default([]),
  broader: phrases.default([]),
  description: z.string().min(10).max(500),
  strong: phrases.min(1),
  weak: phrases.default([]),
  negative: phrases.default([]),
  layout: z.array(layoutCue).default([]),
});

/** A document type, validated. */
export type DocumentType = z.infer<typeof documentTypeSchema>;

/** A file of `languages/`: cues in one language, by type id. */
export const languageFileSchema = z.record(
  z.string(),
  z.strictObject({ aliases: phrases.default([]), strong: phrases.default([]), weak: phrases.default([]) }),
);

/** Cues of one language, by type id. */
export type LanguageFile = z.infer<typeof languageFileSchema>;
