import { PostgresDatabase } from '../../../packages/store/src/postgres/postgres-database.js';
import type { PrivatePostgres } from '../../../packages/store/src/testing/private-postgres.js';

/** What was written of a job, as the database itself saw it. */
export interface AuditedJob {
  readonly id: string;
  readonly status: string;
  readonly transaction_id: string | null;
  readonly error_message: string | null;
  readonly result_type: string | null;
  /** Times that it was taken up. */
  readonly claims: number;
  /** Times that it came to a final state. */
  readonly endings: number;
  /** Times that a result was written, or the evidence behind one. */
  readonly results: number;
  readonly explanations: number;
}

const AUDIT = `
CREATE TABLE docket.audit (job_id text NOT NULL, event text NOT NULL);
CREATE FUNCTION docket.audit_job() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NEW.status = 'RUNNING' AND OLD.lease_owner IS DISTINCT FROM NEW.lease_owner THEN
    INSERT INTO docket.audit VALUES (NEW.id, 'claim');
  END IF;
  IF NEW.status IN ('COMPLETED', 'FAILED', 'CANCELLED') AND OLD.status <> NEW.status THEN
    INSERT INTO docket.audit VALUES (NEW.id, 'ending');
  END IF;
  IF NEW.result_reasoning IS DISTINCT FROM OLD.result_reasoning THEN
    INSERT INTO docket.audit VALUES (NEW.id, 'result');
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION docket.audit_explanation() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO docket.audit VALUES (NEW.job_id, 'explanation');
  RETURN NULL;
END $$;
CREATE TRIGGER audit_jobs AFTER UPDATE ON docket.jobs FOR EACH ROW EXECUTE FUNCTION docket.audit_job();
CREATE TRIGGER audit_explanations AFTER INSERT ON docket.explanations
  FOR EACH ROW EXECUTE FUNCTION docket.audit_explanation();`;

const READ = `SELECT id, status, transaction_id, error_message, result_type,
    COALESCE(claims, 0) AS claims, COALESCE(endings, 0) AS endings,
    COALESCE(results, 0) AS results, COALESCE(explanations, 0) AS explanations
  FROM jobs LEFT JOIN (
    SELECT job_id,
      count(*) FILTER (WHERE event = 'claim') AS claims,
      count(*) FILTER (WHERE event = 'ending') AS endings,
      count(*) FILTER (WHERE event = 'result') AS results,
      count(*) FILTER (WHERE event = 'explanation') AS explanations
    FROM audit GROUP BY job_id
  ) AS seen ON job_id = id`;

const LEFTOVERS = `SELECT
    (SELECT count(*) FROM docket_queue.job WHERE state < 'completed') AS entries,
    (SELECT COALESCE(sum(jobs), 0) FROM job_counts)::bigint - (SELECT count(*) FROM jobs) AS miscounted,
    (SELECT count(*) FROM blobs WHERE NOT EXISTS (SELECT 1 FROM contents WHERE blob_id = blobs.id)) AS blobs`;

/** What should not be there when all work is done. */
export interface Leftovers {
  /** Entries of the queue. */
  readonly entries: number;
  /** By how much the counts of jobs are wrong. */
  readonly miscounted: number;
  /** Uploads that came to no end. */
  readonly blobs: number;
}

/** The database of a test, which writes down what happens to jobs, below anything that servers and workers know of. */
export class AuditedDatabase implements AsyncDisposable {
  private constructor(private readonly database: PostgresDatabase) {}

  /** @param postgres Whose tables are there already */
  static async start({ config }: PrivatePostgres): Promise<AuditedDatabase> {
    const database = new PostgresDatabase(config);
    await database.runPlain(AUDIT);
    return new AuditedDatabase(database);
  }

  jobs(): Promise<AuditedJob[]> {
    return this.database.all<AuditedJob>(READ);
  }

  leftovers(): Promise<Leftovers> {
    return this.database.getOne<Leftovers>(LEFTOVERS);
  }

  async unended(): Promise<number> {
    const sql = `SELECT count(*) AS jobs FROM jobs WHERE status IN ('PENDING', 'RUNNING')`;
    return (await this.database.getOne<{ jobs: number }>(sql)).jobs;
  }

  /** Jobs that a process holds. */
  async heldBy(processId: number): Promise<string[]> {
    const sql = `SELECT jobs.id FROM jobs JOIN workers ON workers.id = lease_owner
      WHERE status = 'RUNNING' AND process_id = @processId::integer`;
    return (await this.database.all<{ id: string }>(sql, { processId })).map(({ id }) => id);
  }

  async run(sql: string): Promise<void> {
    await this.database.runPlain(sql);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.database.close();
  }
}
