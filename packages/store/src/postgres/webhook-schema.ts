import type { PostgresMigration } from './schema.js';

/**
 * Webhooks and the outbox of their deliveries, as in SQLite (`sqlite/webhook-schema.ts`). A trigger fills the outbox, also for
 * servers of the version before, and tells those who deliver.
 */
export const WEBHOOK_MIGRATION: PostgresMigration = {
  oldestCompatible: 1,
  sql: `
  CREATE TABLE docket.webhooks (
    id text COLLATE "C" PRIMARY KEY,
    project_id text COLLATE "C" NOT NULL,
    url text NOT NULL,
    host text COLLATE "C" NOT NULL,
    headers text NOT NULL,
    events text,
    format text NOT NULL,
    secret text,
    created_at text COLLATE "C" NOT NULL,
    updated_at text COLLATE "C" NOT NULL
  );
  CREATE INDEX webhooks_by_creation ON docket.webhooks (project_id, created_at, id);

  CREATE TABLE docket.deliveries (
    id text COLLATE "C" PRIMARY KEY,
    project_id text COLLATE "C" NOT NULL,
    job_id text COLLATE "C" NOT NULL REFERENCES docket.jobs (id) ON DELETE CASCADE,
    -- Place among the targets of the job.
    target integer NOT NULL,
    event text COLLATE "C" NOT NULL,
    -- Order of the events of a job: 0, 1, and 2 for its end.
    stage integer NOT NULL,
    host text COLLATE "C" NOT NULL,
    status text COLLATE "C" NOT NULL CHECK (status IN ('PENDING', 'DELIVERED', 'FAILED', 'GONE')),
    occurred_at text COLLATE "C" NOT NULL,
    -- Milliseconds, as leases; 0: at once.
    due_at bigint NOT NULL DEFAULT 0,
    lease_owner text,
    lease_expires_at bigint NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 0,
    ended_at text COLLATE "C",
    UNIQUE (job_id, target, event),
    CHECK ((status = 'PENDING') = (ended_at IS NULL))
  );
  CREATE INDEX deliveries_due ON docket.deliveries (host, due_at, occurred_at) WHERE status = 'PENDING';
  CREATE INDEX deliveries_by_time ON docket.deliveries (project_id, occurred_at, id);
  CREATE INDEX deliveries_by_status ON docket.deliveries (project_id, status, occurred_at, id);
  CREATE INDEX deliveries_by_end ON docket.deliveries (ended_at) WHERE ended_at IS NOT NULL;

  CREATE TABLE docket.delivery_attempts (
    delivery_id text COLLATE "C" NOT NULL REFERENCES docket.deliveries (id) ON DELETE CASCADE,
    number integer NOT NULL,
    started_at text NOT NULL,
    duration_ms integer NOT NULL,
    status_code integer,
    error text,
    PRIMARY KEY (delivery_id, number)
  );

  CREATE FUNCTION docket.announce_jobs() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      happened text := CASE
        WHEN TG_OP = 'INSERT' THEN 'classify.pending'
        WHEN NEW.status = 'RUNNING' THEN 'classify.running'
        WHEN NEW.status = 'COMPLETED' THEN 'classify.success'
        WHEN NEW.status = 'FAILED' THEN 'classify.error'
        WHEN NEW.status = 'CANCELLED' THEN 'classify.cancelled'
      END;
      reached integer := CASE WHEN TG_OP = 'INSERT' THEN 0 WHEN NEW.status = 'RUNNING' THEN 1 ELSE 2 END;
      made integer;
    BEGIN
      IF happened IS NULL THEN RETURN NULL; END IF;
      INSERT INTO docket.deliveries (id, project_id, job_id, target, event, stage, host, status, occurred_at)
        SELECT gen_random_uuid()::text, NEW.project_id, NEW.id, wanted.place, happened, reached, wanted.host, 'PENDING',
          NEW.updated_at
        FROM (
          SELECT target.place - 1 AS place, COALESCE(saved.host, target.value #>> '{endpoint,host}') AS host,
            CASE WHEN saved.id IS NULL THEN target.value #> '{endpoint,events}' ELSE saved.events::json END AS events
          FROM json_array_elements(NEW.webhooks::json -> 'targets') WITH ORDINALITY AS target (value, place)
            LEFT JOIN docket.webhooks AS saved ON saved.id = target.value ->> 'webhookId'
          WHERE (target.value ->> 'isAllowed')::boolean
            AND (saved.id IS NOT NULL OR target.value -> 'endpoint' IS NOT NULL)
        ) AS wanted
        WHERE CASE
            WHEN wanted.events IS NULL OR json_typeof(wanted.events) = 'null' THEN true
            ELSE happened IN (SELECT json_array_elements_text(wanted.events))
          END
          AND NOT EXISTS (
            SELECT 1 FROM docket.deliveries AS other
            WHERE other.job_id = NEW.id AND other.target = wanted.place AND other.status = 'GONE'
          )
        ON CONFLICT (job_id, target, event) DO NOTHING;
      GET DIAGNOSTICS made = ROW_COUNT;
      IF made > 0 THEN PERFORM pg_notify('docket', 'delivery'); END IF;
      RETURN NULL;
    END
  $$;
  CREATE TRIGGER jobs_announced AFTER INSERT ON docket.jobs
    FOR EACH ROW WHEN (NEW.webhooks IS NOT NULL) EXECUTE FUNCTION docket.announce_jobs();
  CREATE TRIGGER jobs_announced_again AFTER UPDATE OF status ON docket.jobs
    FOR EACH ROW WHEN (NEW.webhooks IS NOT NULL AND OLD.status <> NEW.status) EXECUTE FUNCTION docket.announce_jobs();
  `,
};
