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
