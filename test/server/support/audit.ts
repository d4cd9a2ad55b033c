import { type DatabaseOptions, openDatabase } from './database.js';
import { launchServer } from './launch-server.js';

/** What was written of a job, as the database itself saw it. */
export interface AuditedJob {
  readonly job_id: string;
  /** Times that it was taken up. */
  readonly claims: number;
  /** Times that it came to a final state. */
  readonly endings: number;
  /** Times that a result was written, or the evidence behind one. */
  readonly results: number;
  readonly explanations: number;
}

const AUDIT = `
CREATE TABLE audit (job_id TEXT NOT NULL, event TEXT NOT NULL) STRICT;
CREATE TRIGGER audit_claims AFTER UPDATE OF status ON jobs WHEN new.status = 'RUNNING' BEGIN
  INSERT INTO audit VALUES (new.id, 'claim');
END;
CREATE TRIGGER audit_endings AFTER UPDATE OF status ON jobs
  WHEN new.status IN ('COMPLETED', 'FAILED', 'CANCELLED') BEGIN
  INSERT INTO audit VALUES (new.id, 'ending');
END;
CREATE TRIGGER audit_results AFTER UPDATE OF result_reasoning ON jobs BEGIN
  INSERT INTO audit VALUES (new.id, 'result');
END;
CREATE TRIGGER audit_explanations AFTER INSERT ON explanations BEGIN
  INSERT INTO audit VALUES (new.job_id, 'explanation');
END;`;

/** Makes the database of a data folder write down what happens to jobs, below anything the server knows of. */
export async function startAudit(
  dataFolder: string,
  { launcher }: Pick<DatabaseOptions, 'launcher'> = {},
): Promise<void> {
  // Also on a disk that is too small for the usual floor.
  const env = { DOCKET_DISK_MIN_FREE_MB: '0' };
  await using server = launchServer({ dataFolder, env, ...(launcher ? { launcher } : {}) });
  // The tables are there before it listens.
  await server.address;
  server.send('SIGTERM');
  await server.ended;
  using database = openDatabase(dataFolder, { readonly: false, launcher });
  database.run(AUDIT);
}

/** What was written down so far. */
export function readAudit(dataFolder: string, options: DatabaseOptions = {}): AuditedJob[] {
  using database = openDatabase(dataFolder, options);
  return database.rows(`
    SELECT job_id, sum(event = 'claim') AS claims, sum(event = 'ending') AS endings, sum(event = 'result') AS results,
      sum(event = 'explanation') AS explanations
    FROM audit GROUP BY job_id`);
}
