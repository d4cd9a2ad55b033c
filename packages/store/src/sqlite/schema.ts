import { JOB_CONFIGURATION_MIGRATION } from './job-configuration-schema.js';
import { WEBHOOK_MIGRATION } from './webhook-schema.js';

/**
 * The tables, in the order in which they came: each text is one migration and never changes once released. The position
 * of the last one is the version of the database.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
  ) STRICT;

  CREATE TABLE contents (
    hash TEXT PRIMARY KEY,
    size INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE files (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    name TEXT NOT NULL,
    purpose TEXT,
    external_file_id TEXT,
    expires_at TEXT,
    content_hash TEXT NOT NULL REFERENCES contents (hash),
    created_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX files_by_id ON files (project_id, id);
  CREATE INDEX files_by_name ON files (project_id, name, id);
  CREATE INDEX files_by_creation ON files (project_id, created_at, id);
  CREATE INDEX files_by_external_id ON files (project_id, external_file_id) WHERE external_file_id IS NOT NULL;
  CREATE INDEX files_by_content ON files (content_hash);
  CREATE INDEX files_by_age ON files (created_at);
  CREATE INDEX files_by_expiry ON files (expires_at) WHERE expires_at IS NOT NULL;

  CREATE TABLE document_heads (
    content_hash TEXT NOT NULL REFERENCES contents (hash) ON DELETE CASCADE,
    extension TEXT NOT NULL,
    format TEXT NOT NULL,
    page_count INTEGER NOT NULL,
    title TEXT,
    reader_identity TEXT NOT NULL,
    kept_at TEXT NOT NULL,
    PRIMARY KEY (content_hash, extension)
  ) STRICT;
  CREATE INDEX document_heads_by_age ON document_heads (kept_at);

  CREATE TABLE page_records (
    content_hash TEXT NOT NULL REFERENCES contents (hash) ON DELETE CASCADE,
    reader_identity TEXT NOT NULL,
    page INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (content_hash, reader_identity, page)
  ) STRICT;

  CREATE TABLE configurations (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    name TEXT NOT NULL,
    product_type TEXT NOT NULL,
    parameters TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (project_id, product_type, name)
  ) STRICT;
  CREATE INDEX configurations_by_creation ON configurations (project_id, created_at, id);

  CREATE TABLE parse_jobs (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
    file_id TEXT NOT NULL,
    name TEXT NOT NULL,
    content_hash TEXT REFERENCES contents (hash) ON DELETE SET NULL,
    tier TEXT,
    parsing TEXT,
    lease_owner TEXT,
    lease_expires_at INTEGER,
    lost_leases INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    reader_identity TEXT,
    pages TEXT,
    page_count INTEGER,
    error_message TEXT,
    CHECK ((status = 'RUNNING') = (lease_expires_at IS NOT NULL))
  ) STRICT;
  CREATE INDEX parse_jobs_pending ON parse_jobs (created_at, id) WHERE status = 'PENDING';
  CREATE INDEX parse_jobs_running ON parse_jobs (lease_expires_at) WHERE status = 'RUNNING';
  CREATE INDEX parse_jobs_by_update ON parse_jobs (updated_at, status);
  CREATE INDEX parse_jobs_by_content ON parse_jobs (content_hash) WHERE content_hash IS NOT NULL;
  CREATE INDEX parse_jobs_by_file ON parse_jobs (file_id);

  -- Names of files go with them.
  CREATE TRIGGER parse_jobs_forget_file AFTER DELETE ON files BEGIN
    UPDATE parse_jobs SET name = '' WHERE file_id = OLD.id;
  END;
  CREATE TRIGGER parse_jobs_forget_content BEFORE DELETE ON contents BEGIN
    UPDATE parse_jobs SET name = '' WHERE content_hash = OLD.hash;
  END;

  CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
    input_type TEXT NOT NULL,
    input TEXT NOT NULL,
    source_id TEXT NOT NULL,
    configuration_id TEXT,
    transaction_id TEXT,
    parse_job_id TEXT,
    -- The parse job that must end before this job is claimed.
    waits_for TEXT,
    content_hash TEXT,
    lease_owner TEXT,
    lease_expires_at INTEGER,
    lost_leases INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    result_type TEXT,
    result_confidence REAL,
    result_reasoning TEXT,
    reasoning_without_quotes TEXT,
    error_message TEXT,
    webhooks TEXT,
    configuration TEXT NOT NULL,
    CHECK ((status = 'RUNNING') = (lease_expires_at IS NOT NULL))
  ) STRICT;
  CREATE UNIQUE INDEX jobs_by_transaction ON jobs (project_id, transaction_id) WHERE transaction_id IS NOT NULL;
  CREATE INDEX jobs_by_creation ON jobs (project_id, created_at, id);
  CREATE INDEX jobs_by_status ON jobs (project_id, status, created_at, id);
  CREATE INDEX jobs_by_configuration ON jobs (project_id, configuration_id, created_at, id)
    WHERE configuration_id IS NOT NULL;
  CREATE INDEX jobs_pending ON jobs (waits_for, created_at, id) WHERE status = 'PENDING';
  CREATE INDEX jobs_running ON jobs (lease_expires_at) WHERE status = 'RUNNING';
  CREATE INDEX jobs_by_update ON jobs (updated_at, status);
  CREATE INDEX jobs_by_content ON jobs (content_hash) WHERE content_hash IS NOT NULL;

  CREATE TABLE explanations (
    job_id TEXT PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
    made_at TEXT NOT NULL,
    data TEXT NOT NULL
  ) STRICT;
  CREATE INDEX explanations_by_age ON explanations (made_at);

  -- How many jobs a project has in a state; the project '' stands for all of them.
  CREATE TABLE job_counts (
    project_id TEXT NOT NULL,
    status TEXT NOT NULL,
    jobs INTEGER NOT NULL,
    PRIMARY KEY (project_id, status)
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER jobs_count_inserted AFTER INSERT ON jobs BEGIN
    INSERT INTO job_counts (project_id, status, jobs) VALUES (NEW.project_id, NEW.status, 1), ('', NEW.status, 1)
      ON CONFLICT DO UPDATE SET jobs = jobs + 1;
  END;
  CREATE TRIGGER jobs_count_deleted AFTER DELETE ON jobs BEGIN
    UPDATE job_counts SET jobs = jobs - 1 WHERE project_id IN (OLD.project_id, '') AND status = OLD.status;
  END;
  CREATE TRIGGER jobs_count_changed AFTER UPDATE OF status ON jobs WHEN OLD.status <> NEW.status BEGIN
    UPDATE job_counts SET jobs = jobs - 1 WHERE project_id IN (OLD.project_id, '') AND status = OLD.status;
    INSERT INTO job_counts (project_id, status, jobs) VALUES (NEW.project_id, NEW.status, 1), ('', NEW.status, 1)
      ON CONFLICT DO UPDATE SET jobs = jobs + 1;
  END;

  CREATE TRIGGER jobs_stop_waiting AFTER UPDATE OF status ON parse_jobs
    WHEN NEW.status IN ('COMPLETED', 'FAILED', 'CANCELLED')
  BEGIN
    UPDATE jobs SET waits_for = NULL WHERE waits_for = NEW.id AND status = 'PENDING';
  END;
  CREATE TRIGGER jobs_stop_waiting_for_deleted AFTER DELETE ON parse_jobs BEGIN
    UPDATE jobs SET waits_for = NULL WHERE waits_for = OLD.id AND status = 'PENDING';
  END;
  `,
  WEBHOOK_MIGRATION,
  JOB_CONFIGURATION_MIGRATION,
];
