import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeRepository, readHubFile, thrownBy } from '../../testing/ask-hub.js';
import { dropAfter, FAKE_COMMIT, FakeHub, refuse, send } from '../../testing/fake-hub.js';

const PAGE = '<html>Welcome to the hotel</html>';

let hub: FakeHub;

beforeEach(async () => {
  hub = await FakeHub.start({ 'config.json': '{}', 'onnx/model.onnx': 'graph' });
});
afterEach(() => hub[Symbol.asyncDispose]());

describe('a list of files', () => {
  it('has the commit, and what is known of each file', async () => {
    hub.list = { cardData: { license: 'mit', language: 'en' } };
    const { commit, files, licence, languages } = await describeRepository(hub);
    expect({ commit, licence, languages }).toEqual({ commit: FAKE_COMMIT, licence: 'mit', languages: ['en'] });
    expect(files.get('config.json')).toEqual({ path: 'config.json', bytes: 2, sha256: undefined });
    expect(files.get('onnx/model.onnx')?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does without sizes, hashes and a card', async () => {
    hub.isTerse = true;
    hub.list = { cardData: { license: ['odd'], language: 7 } };
    const { files, licence, languages } = await describeRepository(hub);
    expect(files.get('config.json')).toEqual({ path: 'config.json' });
    expect([licence, languages]).toEqual([undefined, undefined]);
  });

  it.each([
    ['not JSON', 'nonsense'],
    ['without a commit', '{"siblings":[]}'],
    ['with a commit that is a path', '{"sha":"../../../etc","siblings":[]}'],
  ])('is refused when it is %s', async (_, text) => {
    hub.next(/api/, send(text));
    expect(await thrownBy(describeRepository(hub))).toMatchObject({ data: { reason: 'invalid_answer' } });
  });

  it('is refused when it has no end', async () => {
    hub.next(/api/, send(Buffer.alloc(17_000_000, ' ')));
    expect(await thrownBy(describeRepository(hub))).toMatchObject({ data: { reason: 'too_long' } });
  });
});

describe('what a hub refuses', () => {
  it('is a model that it does not have', async () => {
    const error = await thrownBy(describeRepository(hub, {}, { repository: 'owner/nothing' }));
    expect(error).toMatchObject({ code: 'resource.not_found', data: { reason: 'not_found', status: 404 } });
    expect(error.message).toContain('owner/nothing');
    expect(hub.requests).toHaveLength(1);
  });

  it('is a revision that it does not have', async () => {
    const error = await thrownBy(describeRepository(hub, {}, { revision: 'v9' }));
    expect(error).toMatchObject({ code: 'resource.not_found' });
    expect(error.message).toMatch(/revision v9.*--revision main/);
  });

  it('is a file that it does not have', async () => {
    const error = await thrownBy(readHubFile(hub, {}, 'vocab.txt'));
    expect(error).toMatchObject({ code: 'resource.not_found', data: { path: 'vocab.txt' } });
  });

  it.each([
    [401, {}, /HF_TOKEN/],
    [403, { 'x-error-code': 'GatedRepo' }, /accepted its terms.*HF_TOKEN/],
  ])('is what needs a token (%i)', async (status, headers, message) => {
    hub.next(/api/, refuse(status, headers));
    const error = await thrownBy(describeRepository(hub));
    expect(error).toMatchObject({ code: 'resource.unreadable', data: { reason: 'gated', status } });
    expect(error.message).toMatch(message);
    expect(hub.requests).toHaveLength(1);
  });

  it('is anything else, without another try', async () => {
    hub.next(/api/, refuse(418));
    expect(await thrownBy(describeRepository(hub))).toMatchObject({ data: { reason: 'refused', status: 418 } });
    expect(hub.requests).toHaveLength(1);
  });

  it.each([200, 511])('is not a web page of a network that wants one to sign in (%i)', async (status) => {
    hub.next(/api/, send(PAGE, { 'content-type': 'text/html' }, status));
    const error = await thrownBy(describeRepository(hub));
    expect(error).toMatchObject({ code: 'model.incompatible', data: { reason: 'html_page' } });
    expect(hub.requests).toHaveLength(1);
  });
});

describe('a hub in trouble', () => {
  it('is asked again after the pause that it asks for', async () => {
    hub.next(/api/, refuse(429, { 'retry-after': '1' }));
    const start = performance.now();
    expect((await describeRepository(hub)).commit).toBe(FAKE_COMMIT);
    expect(performance.now() - start).toBeGreaterThan(950);
    expect(hub.requests).toHaveLength(2);
  });

  it('is not waited for when it asks for too long', async () => {
    hub.next(/api/, refuse(429, { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() }));
    const error = await thrownBy(describeRepository(hub));
    expect(error).toMatchObject({ data: { reason: 'busy' } });
    expect(error.message).toMatch(/wait 3[56]\d\d seconds/);
    expect(hub.requests).toHaveLength(1);
  });

  it('is asked again when it fails, or drops the connection', async () => {
    hub.next(/api/, refuse(503));
    hub.next(/api/, dropAfter(5));
    expect((await describeRepository(hub)).commit).toBe(FAKE_COMMIT);
    expect(hub.requests).toHaveLength(3);
  });

  it('is given up after some tries', async () => {
    hub.next(/api/, refuse(500), 9);
    expect(await thrownBy(describeRepository(hub))).toMatchObject({ data: { reason: 'unavailable', attempts: 3 } });
    expect(hub.requests).toHaveLength(3);
  });

  it('is named when nobody listens there', async () => {
    const { url } = hub;
    await hub[Symbol.asyncDispose]();
    const error = await thrownBy(describeRepository(hub, { hub: url }));
    hub = await FakeHub.start();
    expect(error).toMatchObject({ code: 'resource.unreadable', data: { reason: 'unreachable', attempts: 3 } });
  });

  it('is named when its name is not known, with the way without a network', async () => {
    const error = await thrownBy(describeRepository(hub, { hub: 'http://hub.invalid' }));
    expect(error).toMatchObject({ data: { reason: 'unknown_host' } });
    expect(error.message).toMatch(/docket models bundle/);
  });
});

describe('the URL of the hub', () => {
  it('is taken from DOCKET_HUB, may have a path, and an option is stronger', async () => {
    const environment = { DOCKET_HUB: `${hub.url}/mirror/` };
    await thrownBy(describeRepository(hub, { hub: undefined, environment }));
    expect(hub.requests[0]?.path).toBe('/mirror/api/models/owner/model/revision/main?blobs=true');
    expect((await describeRepository(hub, { environment })).commit).toBe(FAKE_COMMIT);
  });

  it.each(['nonsense', 'ftp://hub', 'http://name:password@hub', 'http://hub?x=1'])('is not %s', async (url) => {
    const error = await thrownBy(describeRepository(hub, { hub: url }));
    expect(error).toMatchObject({ code: 'request.invalid_input' });
    expect(error.message).not.toContain('password@');
  });
});
