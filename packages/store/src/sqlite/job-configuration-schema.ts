/**
 * What jobs run with, once for all jobs that run with the same: rules are most of a job's row, and each change of its state would
 * write them again. `sha256` is a function of the connection.
 */
export const JOB_CONFIGURATION_MIGRATION = `
  CREATE TABLE job_configurations (
    key INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL
  ) STRICT;
  INSERT OR IGNORE INTO job_configurations (hash, text) SELECT sha256(configuration), configuration FROM jobs;

  ALTER TABLE jobs ADD COLUMN configuration_key INTEGER REFERENCES job_configurations (key);
  UPDATE jobs SET configuration_key = (SELECT key FROM job_configurations WHERE hash = sha256(jobs.configuration));
  ALTER TABLE jobs DROP COLUMN configuration;
  CREATE INDEX jobs_by_configuration_key ON jobs (configuration_key);

  CREATE TRIGGER jobs_forget_configuration AFTER DELETE ON jobs
    WHEN NOT EXISTS (SELECT 1 FROM jobs WHERE configuration_key = OLD.configuration_key)
  BEGIN
    DELETE FROM job_configurations WHERE key = OLD.configuration_key;
  END;
`;
