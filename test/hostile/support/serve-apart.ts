import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ApiClient, type ApiJob } from '../../server/support/api-client.js';
import { filesIn } from '../../server/support/data-folder.js';
import { sampleRules, type TestDocument } from '../../server/support/documents.js';
import { startServer } from '../../support/docket-server.js';
import { canListProcesses } from '../../support/engine-processes.js';
import { markedProcesses } from '../../support/marked-processes.js';
import { apart } from './classify-apart.js';

/** What a server made of documents, and what it left behind. */
export interface ServedRun {
  /** The ended jobs, by the name of the document. */
  readonly jobs: ReadonlyMap<string, ApiJob>;
  /** What it answered to the question whether it is well, after all of them. */
  readonly health: number;
  readonly exitCode: number | null;
  readonly log: string;
  /** Files of its data folder, and uploads among them by their number. */
  readonly dataFiles: readonly string[];
  readonly uploads: number;
  /** Files and folders in the folders of temporary files and of the user. */
  readonly strays: readonly string[];
  /** Processes that are still there after its end. */
  readonly processes: readonly number[];
}

/** Uploads documents to a server, has them classified all at once, and stops the server. @param settings Of its environment */
export async function serveApart(
  documents: Iterable<TestDocument>,
  timeoutMs: number,
  settings: Readonly<Record<string, string>> = {},
): Promise<ServedRun> {
  const { folder, env } = apart();
  const dataFolder = join(folder, 'home', 'docket');
  mkdirSync(dataFolder);
  await using server = await startServer({ dataFolder, env: { ...env, ...settings } });
  const api = new ApiClient(server.url);
  const configuration = { rules: await sampleRules() };
  const created = new Map<string, string>();
  for (const document of documents) {
    const { id } = await api.upload(document);
    created.set(document.name, (await api.create({ file_input: id, configuration })).id);
  }
  await api.allEnded(timeoutMs);
  const jobs = new Map<string, ApiJob>();
  for (const [name, id] of created) jobs.set(name, await api.job(id));
  const { status: health } = await api.send('GET', '/health/ready');
  const exitCode = await server.stop();
  const dataFiles = filesIn(dataFolder);
  return {
    jobs,
    health,
    exitCode,
    log: server.log(),
    dataFiles: dataFiles.filter((path) => !path.startsWith('files/')),
    uploads: dataFiles.filter((path) => path.startsWith('files/')).length,
    strays: ['tmp', 'one/two/here']
      .flatMap((name) => readdirSync(join(folder, name)))
      .filter((name) => name !== '.keep'),
    processes: canListProcesses ? markedProcesses(folder) : [],
  };
}
