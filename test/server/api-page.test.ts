import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startServer } from '../support/docket-server.js';

const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);
const message = browser ? '' : ' (skipped: there is no Chromium)';

/** Chromium asks its maker for updates, whatever page it shows. */
const ITS_OWN = /^https?:\/\/(?:[\w-]+\.)*(?:google|googleapis|gvt1)\.com$/;

describe.skipIf(!browser)(`/docs in a browser${message}`, () => {
  it('shows the API and asks nobody but the server', async () => {
    await using server = await startServer();
    const folder = await mkdtemp(join(tmpdir(), 'docket-browser-'));
    const netLog = join(folder, 'net.json');
    const { stdout, stderr } = spawnSync(
      browser ?? '',
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--no-first-run',
        `--user-data-dir=${folder}`,
        `--log-net-log=${netLog}`,
        '--virtual-time-budget=20000',
        '--enable-logging=stderr',
        '--dump-dom',
        `${server.url}/docs`,
      ],
      { encoding: 'utf8', timeout: 50_000, maxBuffer: 64 * 1024 * 1024 },
    );
    const asked = [...readFileSync(netLog, 'utf8').matchAll(/"url":"(https?:\/\/[^"/]+)/g)].map(([, origin]) => origin);
    await rm(folder, { recursive: true, force: true });
    expect(stdout).toContain('Classify a document');
    expect(stdout).toContain('/api/v2/classify/{job_id}/cancel');
    expect(asked).toContain(server.url);
    const foreign = asked.filter((origin = '') => origin !== server.url && !ITS_OWN.test(origin));
    expect(foreign).toEqual([]);
    // What the page may not load is refused by its policy, and the browser says so.
    expect(stderr).not.toContain('Content Security Policy');
  });
});
