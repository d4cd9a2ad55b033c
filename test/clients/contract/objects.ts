import {
  anything,
  count,
  flag,
  list,
  matching,
  nullable,
  object,
  oneOf,
  type Shape,
  share,
  tagged,
  text,
  unfilled,
} from './shape.js';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const idOf = (prefix: string) => matching(new RegExp(`^${prefix}-${UUID}$`));
const moment = matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}Z$/);
const errorMessage = matching(/^[a-z]+\.[a-z_]+: \S/);
const status = oneOf('PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED');

const rules = list(object({ type: text, description: text }));
const parsing = nullable(object({ lang: text, max_pages: nullable(count), target_pages: nullable(text) }));
const configuration = object({ rules, mode: oneOf('FAST'), parsing_configuration: parsing });

const jobFields = {
  id: idOf('clj'),
  status,
  configuration,
  configuration_id: nullable(text),
  document_input_type: oneOf('file_id', 'parse_job_id'),
  file_input: text,
  project_id: text,
  user_id: matching(/^usr-/),
  parse_job_id: nullable(text),
  transaction_id: nullable(text),
  created_at: moment,
  updated_at: moment,
};

/** A classify job. */
export const job = object(
  {
    ...jobFields,
    result: nullable(object({ type: nullable(text), confidence: share, reasoning: matching(/\S/) })),
    error_message: nullable(errorMessage),
  },
  (found) => [
    ...((found['status'] === 'COMPLETED') === (found['result'] !== null) ? [] : ['result and status do not agree']),
    ...((found['status'] === 'FAILED') === (found['error_message'] !== null) ? [] : ['error and status do not agree']),
    ...endsAfterStart(found),
  ],
);

/** A classify job that was cancelled. */
export const cancelledJob = object(
  { ...jobFields, status: oneOf('CANCELLED'), result: unfilled, error_message: unfilled },
  endsAfterStart,
);

const presignedUrl = object({ url: matching(/^https?:\/\//), expires_at: moment, form_fields: unfilled });

const fileFields = {
  id: idOf('dfl'),
  name: matching(/./),
  project_id: text,
  external_file_id: nullable(text),
  file_type: nullable(matching(/^[^.]+$/)),
  last_modified_at: nullable(moment),
  expires_at: unfilled,
  purpose: nullable(text),
};

/** A file. */
export const file = object({ ...fileFields, download_url: nullable(presignedUrl) });

/** A file where its address cannot be asked for. */
export const fileWithoutAddress = object({ ...fileFields, download_url: unfilled });

/** What leads to the bytes of a file. */
export const download = presignedUrl;

const classifyParameters = object({
  product_type: oneOf('classify_v2'),
  rules,
  mode: oneOf('FAST'),
  parsing_configuration: parsing,
});

/** A saved configuration. */
export const savedConfiguration = object(
  {
    id: idOf('cfg'),
    name: text,
    product_type: oneOf('classify_v2', 'extract_v2', 'parse_v2', 'split_v1', 'spreadsheet_v1', 'unknown'),
    version: moment,
    parameters: tagged('product_type', { classify_v2: classifyParameters }),
    created_at: moment,
    updated_at: moment,
  },
  endsAfterStart,
);

const parseJobFields = {
  id: idOf('pjb'),
  project_id: text,
  status,
  created_at: moment,
  updated_at: moment,
  name: nullable(text),
  tier: nullable(text),
  user_metadata: unfilled,
};

/** A parse job, as it is created. */
export const parseJob = object({ ...parseJobFields, error_message: unfilled, usage: unfilled }, endsAfterStart);

const metadataOfPage = object({
  page_number: count,
  confidence: unfilled,
  cost_optimized: unfilled,
  original_orientation_angle: unfilled,
  printed_page_number: unfilled,
  slide_section_name: unfilled,
  speaker_notes: unfilled,
  triggered_auto_mode: unfilled,
});

/** A parse job with what it read. */
export const parseResult = object({
  job: object(
    { ...parseJobFields, error_message: nullable(errorMessage), usage: nullable(object({ credits: count })) },
    endsAfterStart,
  ),
  text: nullable(object({ pages: list(object({ page_number: count, text })) })),
  text_full: nullable(text),
  markdown: nullable(object({ pages: list(object({ page_number: count, markdown: text, success: oneOf(true) })) })),
  markdown_full: nullable(text),
  items: unfilled,
  metadata: nullable(object({ pages: list(metadataOfPage), document: unfilled })),
  job_metadata: nullable(object({ page_count: count, pages_read: list(count), reader: text })),
  forms: unfilled,
  images_content_metadata: unfilled,
  result_content_metadata: unfilled,
  raw_parameters: unfilled,
});

/** A project. */
export const project = object({
  id: matching(new RegExp(`^${UUID}$`)),
  name: text,
  organization_id: matching(new RegExp(`^${UUID}$`)),
  is_default: flag,
  created_at: moment,
  updated_at: moment,
});

/** Part of a list. */
export const page = (item: Shape): Shape =>
  object({ items: list(item), next_page_token: nullable(text), total_size: count }, (found) =>
    found['next_page_token'] !== null && Array.isArray(found['items']) && found['items'].length === 0
      ? ['there is a next page after an empty one']
      : [],
  );

/** A list that is always whole. */
export const onlyPage = (item: Shape): Shape =>
  object({ items: list(item), next_page_token: unfilled, total_size: count });

/** What was deleted. */
export const deletedJob = object({ id: idOf('clj'), project_id: text });

function endsAfterStart(found: Readonly<Record<string, unknown>>): string[] {
  return String(found['created_at']) <= String(found['updated_at']) ? [] : ['updated_at lies before created_at'];
}

/** A saved webhook configuration. */
export const webhookConfig = object({
  id: idOf('whc'),
  has_secret: flag,
  tenant_id: text,
  tenant_type: oneOf('project'),
  webhook_url: text,
  webhook_events: nullable(list(text)),
  webhook_headers: nullable(anything),
  webhook_output_format: oneOf('json', 'string'),
  created_at: moment,
  updated_at: moment,
});
