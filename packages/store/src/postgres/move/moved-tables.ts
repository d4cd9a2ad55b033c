/** Types of columns, as both databases have them. */
type ColumnType = 'text' | 'integer' | 'bigint' | 'double precision' | 'bytea';

/** A table that is moved as it is, with what is changed on the way. */
export interface MovedTable {
  readonly name: string;
  /** Columns of both databases, by name. */
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** What a column is read as, where that is not its value. */
  readonly expressions?: Readonly<Record<string, string>>;
}

/** Work that runs is taken up anew: its process is not there any more. */
const STATUS = `CASE WHEN status = 'RUNNING' THEN 'PENDING' ELSE status END`;

/** The tables, in an order in which each finds what it refers to. `contents` comes before them. */
export const MOVED_TABLES: readonly MovedTable[] = [
  {
    name: 'files',
    columns: {
      id: 'text',
      project_id: 'text',
      name: 'text',
      purpose: 'text',
      external_file_id: 'text',
      expires_at: 'text',
      content_hash: 'text',
      created_at: 'text',
    },
  },
  {
    name: 'document_heads',
    columns: {
      content_hash: 'text',
      extension: 'text',
      format: 'text',
      page_count: 'integer',
      title: 'text',
      reader_identity: 'text',
      kept_at: 'text',
    },
  },
  {
    name: 'page_records',
    columns: { content_hash: 'text', reader_identity: 'text', page: 'integer', data: 'bytea' },
  },
  {
    name: 'configurations',
    columns: {
      id: 'text',
      project_id: 'text',
      name: 'text',
      product_type: 'text',
      parameters: 'text',
      created_at: 'text',
      updated_at: 'text',
    },
  },
  {
    name: 'parse_jobs',
    columns: {
      id: 'text',
      project_id: 'text',
      status: 'text',
      file_id: 'text',
      name: 'text',
      content_hash: 'text',
      tier: 'text',
      parsing: 'text',
      lost_leases: 'integer',
      created_at: 'text',
      updated_at: 'text',
      reader_identity: 'text',
      pages: 'text',
      page_count: 'integer',
      error_message: 'text',
    },
    expressions: { status: STATUS },
  },
  {
    name: 'jobs',
    columns: {
      id: 'text',
      project_id: 'text',
      status: 'text',
      input_type: 'text',
      input: 'text',
      source_id: 'text',
      configuration_id: 'text',
      transaction_id: 'text',
      parse_job_id: 'text',
      waits_for: 'text',
      content_hash: 'text',
      lost_leases: 'integer',
      created_at: 'text',
      updated_at: 'text',
      result_type: 'text',
      result_confidence: 'double precision',
      result_reasoning: 'text',
      reasoning_without_quotes: 'text',
      error_message: 'text',
      webhooks: 'text',
      configuration: 'text',
    },
    expressions: {
      status: STATUS,
      webhooks: 'holdable_webhooks(webhooks)',
      configuration: '(SELECT text FROM job_configurations WHERE key = configuration_key)',
    },
  },
  {
    name: 'webhooks',
    columns: {
      id: 'text',
      project_id: 'text',
      url: 'text',
      host: 'text',
      headers: 'text',
      events: 'text',
      format: 'text',
      secret: 'text',
      created_at: 'text',
      updated_at: 'text',
    },
  },
  {
    name: 'deliveries',
    columns: {
      id: 'text',
      project_id: 'text',
      job_id: 'text',
      target: 'integer',
      event: 'text',
      stage: 'integer',
      host: 'text',
      status: 'text',
      occurred_at: 'text',
      due_at: 'bigint',
      attempts: 'integer',
      ended_at: 'text',
    },
  },
  {
    name: 'delivery_attempts',
    columns: {
      delivery_id: 'text',
      number: 'integer',
      started_at: 'text',
      duration_ms: 'integer',
      status_code: 'integer',
      error: 'text',
    },
  },
  { name: 'explanations', columns: { job_id: 'text', made_at: 'text', data: 'text' } },
];
