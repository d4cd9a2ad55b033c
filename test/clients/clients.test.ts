import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectFolder } from '../support/project.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { isAt } from './contract/endpoint.js';
import { ENDPOINTS, LATER_ENDPOINTS, OWN_ENDPOINTS } from './contract/endpoints.js';
import { coverageOf, gapsIn } from './coverage/coverage.js';
import { createRecorder } from './coverage/recorder.js';
import { reportCoverage } from './coverage/report.js';
import { declareClients } from './declare-clients.js';
import { ALLOWED_ORIGIN, API_KEY, type Stage, serversForSuite } from './stage.js';

const COMMAND = 'DOCKET_UPDATE_COVERAGE=1 npx vitest run test/clients';
const page = join(projectFolder, 'docs', 'api-coverage.md');

// All in one file: what the clients exercise is joined at its end.
const keys = temporaryFolder({ keys: `${API_KEY}\n` });
const stage: Stage = {
  ...serversForSuite({
    server: {},
    keyed: { args: ['--api-key-file', join(keys, 'keys')] },
    busy: { args: ['--concurrency', '1', '--allow-origin', ALLOWED_ORIGIN] },
    crowded: { args: ['--concurrency', '1'], env: { DOCKET_JOBS_MAX_PENDING: '1' } },
  }),
  recorder: createRecorder(),
};

declareClients(stage);

describe('all of them together', () => {
  const coverages = () => ENDPOINTS.map((endpoint) => coverageOf(endpoint, stage.recorder.exchanges));

  test('exercise every endpoint, parameter and field', () => {
    expect(gapsIn(coverages())).toEqual([]);
  });

  test('docs/api-coverage.md says which of them exercised what', () => {
    const { exchanges } = stage.recorder;
    const own = OWN_ENDPOINTS.map((endpoint) => ({
      ...endpoint,
      exchanges: exchanges.filter(({ method, path }) => isAt(endpoint, method, path)),
    }));
    const report = reportCoverage({ endpoints: coverages(), later: LATER_ENDPOINTS, own });
    if (process.env['DOCKET_UPDATE_COVERAGE']) writeFileSync(page, report);
    const committed = existsSync(page) ? readFileSync(page, 'utf8') : '';
    expect(committed, `docs/api-coverage.md is stale; this updates it: ${COMMAND}`).toBe(report);
  });
});
