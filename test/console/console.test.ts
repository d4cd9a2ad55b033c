import { join } from 'node:path';
import { describe } from 'vitest';
import { projectFolder } from '../support/project.js';
import { runDocket } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { declareAccess } from './flows/access.js';
import { declareDrawing } from './flows/drawing.js';
import { declareHostile } from './flows/hostile.js';
import { declareJobs } from './flows/jobs.js';
import { declareLoading } from './flows/loading.js';
import { declarePresets } from './flows/presets.js';
import { declareReports } from './flows/reports.js';
import { declareTry } from './flows/try.js';
import { CHROMIUM, consoleStage } from './support/console-stage.js';

const KEY = 'the-key-of-this-test';

if (!CHROMIUM) console.warn('skipped: there is no Chromium to look at the console with (apt-get install chromium)');

// All in one file: they share a browser and the servers.
describe.skipIf(!CHROMIUM)('the console in a browser', { timeout: 300_000 }, () => {
  const stage = consoleStage({
    server: async () => ({ args: ['--concurrency', '1', '--runs', await twoRuns()] }),
    keyed: async () => ({ args: ['--api-key-file', join(temporaryFolder({ keys: `${KEY}\n` }), 'keys')] }),
  });

  declareLoading(stage);
  declareTry(stage);
  declareDrawing(stage);
  declareJobs(stage);
  declarePresets(stage);
  declareReports(stage);
  declareAccess(stage, KEY);
  declareHostile(stage);
});

/** @returns a folder with the runs `evidence` and `static` of the example data set */
async function twoRuns(): Promise<string> {
  const folder = temporaryFolder();
  const example = join(projectFolder, 'packages', 'evals', 'example');
  const argv = ['bench', 'run', 'manifest.jsonl', '--rules', 'rules.yaml', '--scorer', 'evidence,static', '--no-cache'];
  await runDocket([...argv, '--out', join(folder, 'runs')], {
    folder: example,
    env: { DOCKET_HOME: join(folder, 'home') },
  });
  return join(folder, 'runs');
}
