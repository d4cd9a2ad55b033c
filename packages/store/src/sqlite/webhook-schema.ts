/** A random UUID, in SQL. */
const UUID = `lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-'
  || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))`;

/** The statement of a trigger that makes the deliveries of an event: `event` and `stage` are SQL. */
function announce(event: string, stage: string): string {
  return `
    INSERT INTO deliveries (id, project_id, job_id, target, event, stage, host, status, occurred_at)
      SELECT ${UUID}, NEW.project_id, NEW.id, target.key, ${event}, ${stage},
        COALESCE(saved.host, target.value ->> '$.endpoint.host'), 'PENDING', NEW.updated_at
      FROM json_each(NEW.webhooks, '$.targets') AS target
        LEFT JOIN webhooks AS saved ON saved.id = target.value ->> '$.webhookId'
      WHERE target.value ->> '$.isAllowed' AND ${event} IS NOT NULL
        AND (saved.id IS NOT NULL OR target.value -> '$.endpoint' IS NOT NULL)
        AND (
          COALESCE(saved.events, target.value ->> '$.endpoint.events') IS NULL
          OR ${event} IN (SELECT value FROM json_each(COALESCE(saved.events, target.value ->> '$.endpoint.events')))
        )
        AND NOT EXISTS (
          SELECT 1 FROM deliveries AS other
          WHERE other.job_id = NEW.id AND other.target = target.key AND (other.event = ${event} OR other.status = 'GONE')
        );`;
}

/**
 * Webhooks and the outbox of their deliveries. Triggers fill it, so that no way of changing a job can forget to. What is
 * sent is made of the job at each attempt: nothing of a document and no secret is copied here.
 */
export const WEBHOOK_MIGRATION = `
  CREATE TABLE webhooks (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    url TEXT NOT NULL,
    host TEXT NOT NULL,
    headers TEXT NOT NULL,
    events TEXT,
    format TEXT NOT NULL,
    secret TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX webhooks_by_creation ON webhooks (project_id, created_at, id);

  CREATE TABLE deliveries (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    -- Place among the targets of the job.
    target INTEGER NOT NULL,
    event TEXT NOT NULL,
    -- Order of the events of a job: 0, 1, and 2 for its end.
    stage INTEGER NOT NULL,
    host TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('PENDING', 'DELIVERED', 'FAILED', 'GONE')),
    occurred_at TEXT NOT NULL,
    -- Milliseconds, as leases; 0: at once.
    due_at INTEGER NOT NULL DEFAULT 0,
    lease_owner TEXT,
    lease_expires_at INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    ended_at TEXT,
    UNIQUE (job_id, target, event),
    CHECK ((status = 'PENDING') = (ended_at IS NULL))
  ) STRICT;
  CREATE INDEX deliveries_due ON deliveries (host, due_at, occurred_at) WHERE status = 'PENDING';
  CREATE INDEX deliveries_by_time ON deliveries (project_id, occurred_at, id);
  CREATE INDEX deliveries_by_status ON deliveries (project_id, status, occurred_at, id);
  CREATE INDEX deliveries_by_end ON deliveries (ended_at) WHERE ended_at IS NOT NULL;

  CREATE TABLE delivery_attempts (
    delivery_id TEXT NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    duration_ms INTEGER NOT NULL,
    status_code INTEGER,
    error TEXT,
    PRIMARY KEY (delivery_id, number)
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER jobs_announce_created AFTER INSERT ON jobs WHEN NEW.webhooks IS NOT NULL BEGIN
    ${announce(`'classify.pending'`, '0')}
  END;
  CREATE TRIGGER jobs_announce_changed AFTER UPDATE OF status ON jobs
    WHEN NEW.webhooks IS NOT NULL AND OLD.status <> NEW.status
  BEGIN
    ${announce(
      `CASE NEW.status WHEN 'RUNNING' THEN 'classify.running' WHEN 'COMPLETED' THEN 'classify.success'
        WHEN 'FAILED' THEN 'classify.error' WHEN 'CANCELLED' THEN 'classify.cancelled' END`,
      `CASE NEW.status WHEN 'RUNNING' THEN 1 ELSE 2 END`,
    )}
  END;
`;
