import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.js';
import { remoteReferences } from './generated/remote-references.js';
import { classifyApart } from './support/classify-apart.js';
import { serveApart } from './support/serve-apart.js';
import { watchHost } from './support/watched-host.js';

describe('what a document refers to', () => {
  test('is never fetched, by the command or by the server', { timeout: 120_000 }, async () => {
    await using host = await watchHost();
    const documents = remoteReferences(`http://${host.authority}`);
    const { finished, records } = await classifyApart(temporaryFolder(documents));
    expect(finished.stderr).toBe('');
    expect(records.filter((record) => 'error' in record)).toEqual([]);
    expect(records).toHaveLength(Object.keys(documents).length);
    const { jobs } = await serveApart(
      Object.entries(documents).map(([name, bytes]) => ({ name, bytes })),
      60_000,
    );
    expect([...jobs.values()].map(({ status }) => status)).toEqual(Object.keys(documents).map(() => 'COMPLETED'));
    expect(host.connections()).toBe(0);
    // The host does see who comes.
    const [name, port] = host.authority.split(':');
    await once(connect(Number(port), name), 'close');
    expect(host.connections()).toBe(1);
  });
});
