import type { PostgresMigration } from './schema.js';

/** Tells those who follow jobs of every new state, whoever made it, also servers of the version before. */
export const JOB_CHANGES_MIGRATION: PostgresMigration = {
  oldestCompatible: 1,
  sql: `
  CREATE FUNCTION docket.tell_job() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('docket_jobs', 'changed ' || NEW.id);
      RETURN NULL;
    END
  $$;
  CREATE TRIGGER jobs_told AFTER INSERT ON docket.jobs
    FOR EACH ROW EXECUTE FUNCTION docket.tell_job();
  CREATE TRIGGER jobs_told_again AFTER UPDATE OF status ON docket.jobs
    FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION docket.tell_job();
  `,
};

/**
 * PostgreSQL commits what notifies one after the other, each with its wait for the disk: nothing is told while nobody follows.
 * Whoever does has a row that is as fresh as `IS_FOLLOWED` (`following.ts`) wants it.
 */
export const FOLLOWERS_MIGRATION: PostgresMigration = {
  oldestCompatible: 1,
  sql: `
  CREATE TABLE docket.followers (
    id uuid PRIMARY KEY,
    seen_at timestamptz NOT NULL
  );
  CREATE OR REPLACE FUNCTION docket.tell_job() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM docket.followers WHERE seen_at > clock_timestamp() - interval '15 seconds') THEN
        PERFORM pg_notify('docket_jobs', 'changed ' || NEW.id);
      END IF;
      RETURN NULL;
    END
  $$;
  `,
};
