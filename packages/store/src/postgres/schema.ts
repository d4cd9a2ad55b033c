import { FOLLOWERS_MIGRATION, JOB_CHANGES_MIGRATION } from './job-changes-schema.js';
import { WEBHOOK_MIGRATION } from './webhook-schema.js';

/** A step of the schema. It only adds, so that servers of the version before go on working beside those that know it. */
export interface PostgresMigration {
  readonly sql: string;
  /** The oldest version whose servers can work with the schema after this step. */
  readonly oldestCompatible: number;
}

/** The schema that all tables lie in. */
export const SCHEMA = 'docket';

/** Counts all jobs anew, where they came in while nothing counted them (`ALTER TABLE docket.jobs DISABLE TRIGGER USER`). */
export const COUNT_ALL_JOBS = `WITH emptied AS (DELETE FROM docket.job_counts WHERE slot <> 0)
  INSERT INTO docket.job_counts AS counts (project_id, status, slot, jobs)
  SELECT project_id, status, 0, COUNT(*) FROM docket.jobs GROUP BY project_id, status
  ON CONFLICT (project_id, status, slot) DO UPDATE SET jobs = EXCLUDED.jobs`;

/**
 * The tables, in the order in which they came: each is one migration and never changes once released. The position of the
 * last one is the version of the database. Texts are compared byte by byte (`COLLATE "C"`), as SQLite does.
 */
export const POSTGRES_MIGRATIONS: readonly PostgresMigration[] = [
  {
    oldestCompatible: 1,
    sql: `
  CREATE TABLE docket.meta (
    name text COLLATE "C" PRIMARY KEY,
    value bytea NOT NULL
  );

  -- Bytes as they come in, in pieces. They belong to a content once a file was made of them.
  CREATE TABLE docket.blobs (
    id uuid PRIMARY KEY,
    touched_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE docket.blob_chunks (
    blob_id uuid NOT NULL REFERENCES docket.blobs (id) ON DELETE CASCADE,
    position integer NOT NULL,
    data bytea NOT NULL,
    PRIMARY KEY (blob_id, position)
  );
  ALTER TABLE docket.blob_chunks ALTER COLUMN data SET STORAGE EXTERNAL;

  CREATE TABLE docket.contents (
    hash text COLLATE "C" PRIMARY KEY,
    size bigint NOT NULL,
    -- Null where the bytes lie in a shared folder.
    blob_id uuid REFERENCES docket.blobs (id)
  );
  CREATE INDEX contents_by_blob ON docket.contents (blob_id) WHERE blob_id IS NOT NULL;

  CREATE TABLE docket.files (
    id text COLLATE "C" PRIMARY KEY,
    project_id text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    purpose text COLLATE "C",
    external_file_id text COLLATE "C",
    expires_at text COLLATE "C",
    content_hash text COLLATE "C" NOT NULL REFERENCES docket.contents (hash),
    created_at text COLLATE "C" NOT NULL
  );
  CREATE INDEX files_by_id ON docket.files (project_id, id);
  CREATE INDEX files_by_name ON docket.files (project_id, name, id);
  CREATE INDEX files_by_creation ON docket.files (project_id, created_at, id);
  CREATE INDEX files_by_external_id ON docket.files (project_id, external_file_id) WHERE external_file_id IS NOT NULL;
  CREATE INDEX files_by_content ON docket.files (content_hash);
  CREATE INDEX files_by_age ON docket.files (created_at);
  CREATE INDEX files_by_expiry ON docket.files (expires_at) WHERE expires_at IS NOT NULL;

  CREATE TABLE docket.document_heads (
    content_hash text COLLATE "C" NOT NULL REFERENCES docket.contents (hash) ON DELETE CASCADE,
    extension text COLLATE "C" NOT NULL,
    format text NOT NULL,
    page_count integer NOT NULL,
    title text,
    reader_identity text NOT NULL,
    kept_at text COLLATE "C" NOT NULL,
    PRIMARY KEY (content_hash, extension)
  );
  CREATE INDEX document_heads_by_age ON docket.document_heads (kept_at);

  CREATE TABLE docket.page_records (
    content_hash text COLLATE "C" NOT NULL REFERENCES docket.contents (hash) ON DELETE CASCADE,
    reader_identity text COLLATE "C" NOT NULL,
    page integer NOT NULL,
    data bytea NOT NULL,
    PRIMARY KEY (content_hash, reader_identity, page)
  );

  CREATE TABLE docket.configurations (
    id text COLLATE "C" PRIMARY KEY,
    project_id text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    product_type text COLLATE "C" NOT NULL,
    parameters text NOT NULL,
    created_at text COLLATE "C" NOT NULL,
    updated_at text COLLATE "C" NOT NULL,
    UNIQUE (project_id, product_type, name)
  );
  CREATE INDEX configurations_by_creation ON docket.configurations (project_id, created_at, id);

  CREATE TABLE docket.parse_jobs (
    id text COLLATE "C" PRIMARY KEY,
    project_id text COLLATE "C" NOT NULL,
    status text NOT NULL CHECK (status IN ('PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
    file_id text COLLATE "C" NOT NULL,
    name text NOT NULL,
    content_hash text COLLATE "C" REFERENCES docket.contents (hash) ON DELETE SET NULL,
    tier text,
    parsing text,
    lease_owner text,
    lease_expires_at bigint,
    lost_leases integer NOT NULL DEFAULT 0,
    -- Whether the queue was given the work back, for its lease was lost.
    is_offered_again boolean NOT NULL DEFAULT false,
    created_at text COLLATE "C" NOT NULL,
    updated_at text COLLATE "C" NOT NULL,
    reader_identity text,
    pages text,
    page_count integer,
    error_message text,
    CHECK ((status = 'RUNNING') = (lease_expires_at IS NOT NULL))
  );
  CREATE INDEX parse_jobs_pending ON docket.parse_jobs (created_at) WHERE status = 'PENDING';
  CREATE INDEX parse_jobs_running ON docket.parse_jobs (lease_expires_at) WHERE status = 'RUNNING';
  CREATE INDEX parse_jobs_by_update ON docket.parse_jobs (updated_at, status);
  CREATE INDEX parse_jobs_by_content ON docket.parse_jobs (content_hash) WHERE content_hash IS NOT NULL;
  CREATE INDEX parse_jobs_by_file ON docket.parse_jobs (file_id);

  CREATE TABLE docket.jobs (
    id text COLLATE "C" PRIMARY KEY,
    project_id text COLLATE "C" NOT NULL,
    status text COLLATE "C" NOT NULL CHECK (status IN ('PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
    input_type text NOT NULL,
    input text NOT NULL,
    source_id text NOT NULL,
    configuration_id text COLLATE "C",
    transaction_id text COLLATE "C",
    parse_job_id text,
    -- The parse job that must end before this job is ready.
    waits_for text COLLATE "C",
    -- Whether somebody waits for the answer: then its end is told, and it goes before those that nobody waits for.
    is_awaited boolean NOT NULL DEFAULT false,
    -- What the server that accepted it would have it answered by.
    expected_engine text,
    content_hash text COLLATE "C",
    lease_owner text,
    lease_expires_at bigint,
    lost_leases integer NOT NULL DEFAULT 0,
    is_offered_again boolean NOT NULL DEFAULT false,
    created_at text COLLATE "C" NOT NULL,
    updated_at text COLLATE "C" NOT NULL,
    result_type text,
    result_confidence double precision,
    result_reasoning text,
    reasoning_without_quotes text,
    error_message text,
    webhooks text,
    configuration text NOT NULL,
    CHECK ((status = 'RUNNING') = (lease_expires_at IS NOT NULL))
  );
  CREATE UNIQUE INDEX jobs_by_transaction ON docket.jobs (project_id, transaction_id) WHERE transaction_id IS NOT NULL;
  CREATE INDEX jobs_by_creation ON docket.jobs (project_id, created_at, id);
  CREATE INDEX jobs_by_status ON docket.jobs (project_id, status, created_at, id);
  CREATE INDEX jobs_by_configuration ON docket.jobs (project_id, configuration_id, created_at, id)
    WHERE configuration_id IS NOT NULL;
  CREATE INDEX jobs_pending ON docket.jobs (created_at) WHERE status = 'PENDING';
  CREATE INDEX jobs_waiting ON docket.jobs (waits_for) WHERE waits_for IS NOT NULL;
  CREATE INDEX jobs_running ON docket.jobs (lease_expires_at) WHERE status = 'RUNNING';
  CREATE INDEX jobs_by_update ON docket.jobs (updated_at, status);
  CREATE INDEX jobs_by_content ON docket.jobs (content_hash) WHERE content_hash IS NOT NULL;

  CREATE TABLE docket.explanations (
    job_id text COLLATE "C" PRIMARY KEY REFERENCES docket.jobs (id) ON DELETE CASCADE,
    made_at text COLLATE "C" NOT NULL,
    data text NOT NULL
  );
  CREATE INDEX explanations_by_age ON docket.explanations (made_at);

  -- How many jobs a project has in a state: the sum over all slots. Each connection counts in a slot of its own, so that
  -- none waits for another.
  CREATE TABLE docket.job_counts (
    project_id text COLLATE "C" NOT NULL,
    status text COLLATE "C" NOT NULL,
    slot integer NOT NULL,
    jobs bigint NOT NULL,
    PRIMARY KEY (project_id, status, slot)
  ) WITH (fillfactor = 50);

  CREATE FUNCTION docket.count_changed_jobs() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP <> 'INSERT' THEN
        INSERT INTO docket.job_counts AS counts (project_id, status, slot, jobs)
          VALUES (OLD.project_id, OLD.status, pg_backend_pid(), -1)
          ON CONFLICT (project_id, status, slot) DO UPDATE SET jobs = counts.jobs - 1;
      END IF;
      IF TG_OP <> 'DELETE' THEN
        INSERT INTO docket.job_counts AS counts (project_id, status, slot, jobs)
          VALUES (NEW.project_id, NEW.status, pg_backend_pid(), 1)
          ON CONFLICT (project_id, status, slot) DO UPDATE SET jobs = counts.jobs + 1;
      END IF;
      RETURN NULL;
    END
  $$;
  CREATE TRIGGER jobs_counted AFTER INSERT OR DELETE ON docket.jobs
    FOR EACH ROW EXECUTE FUNCTION docket.count_changed_jobs();
  CREATE TRIGGER jobs_counted_again AFTER UPDATE OF status ON docket.jobs
    FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION docket.count_changed_jobs();

  -- Processes that work or serve, or did lately.
  CREATE TABLE docket.workers (
    id text COLLATE "C" PRIMARY KEY,
    host text NOT NULL,
    process_id integer NOT NULL,
    version text NOT NULL,
    engine text,
    models text NOT NULL,
    concurrency integer NOT NULL,
    serves boolean NOT NULL,
    running integer NOT NULL DEFAULT 0,
    started_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now()
  );
  `,
  },
  WEBHOOK_MIGRATION,
  JOB_CHANGES_MIGRATION,
  FOLLOWERS_MIGRATION,
];
