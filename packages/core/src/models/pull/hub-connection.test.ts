import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeRepository, readHubFile, thrownBy } from '../../testing/ask-hub.js';
import { FAKE_COMMIT, FakeHub, refuse } from '../../testing/fake-hub.js';
import { FakeProxy } from '../../testing/fake-proxy.js';

let hub: FakeHub;

beforeEach(async () => {
  hub = await FakeHub.start({ 'config.json': '{}', 'onnx/model.onnx': 'graph' });
});
afterEach(() => hub[Symbol.asyncDispose]());

describe('a redirect', () => {
  it('is followed to another host, where the token does not go', async () => {
    expect(await readHubFile(hub, { environment: { HF_TOKEN: 'secret' } })).toBe('graph');
    expect(hub.requests.map(({ host, headers }) => [host, headers.authorization])).toEqual([
      ['hub', 'Bearer secret'],
      ['storage', undefined],
    ]);
  });

  it('to the same host may be relative', async () => {
    hub.next(/config/, refuse(307, { location: `/owner/model/resolve/${FAKE_COMMIT}/onnx/model.onnx` }));
    expect(await readHubFile(hub, {}, 'config.json')).toBe('graph');
  });

  it.each(['file:///etc/passwd', 'ftp://127.0.0.1/x', 'http://'])('to %s is not followed', async (location) => {
    hub.next(/config/, refuse(302, { location }));
    expect(await thrownBy(readHubFile(hub, {}, 'config.json'))).toMatchObject({ data: { reason: 'invalid_answer' } });
  });

  it('in circles is not followed', async () => {
    hub.next(/config/, refuse(302, { location: `/owner/model/resolve/${FAKE_COMMIT}/config.json` }), 99);
    expect(await thrownBy(readHubFile(hub, {}, 'config.json'))).toMatchObject({ data: { reason: 'invalid_answer' } });
    expect(hub.requests).toHaveLength(9);
  });
});

describe('a proxy', () => {
  let proxy: FakeProxy;
  beforeEach(async () => {
    proxy = await FakeProxy.start();
  });
  afterEach(() => proxy[Symbol.asyncDispose]());

  it.each(['HTTP_PROXY', 'http_proxy'])(
    'of %s is asked by whole URLs, for the hub and for its storage',
    async (name) => {
      expect(await readHubFile(hub, { environment: { [name]: proxy.url } })).toBe('graph');
      expect(proxy.seen).toEqual([
        `GET ${hub.url}/owner/model/resolve/${FAKE_COMMIT}/onnx/model.onnx`,
        `GET ${hub.storageUrl}/objects/onnx/model.onnx`,
      ]);
    },
  );

  it('of HTTPS_PROXY is asked for a tunnel', async () => {
    const error = await thrownBy(
      describeRepository(hub, { hub: hub.url.replace('http:', 'https:'), environment: { HTTPS_PROXY: proxy.url } }),
    );
    expect(proxy.seen[0]).toBe(`CONNECT ${new URL(hub.url).host}`);
    expect(error.code).toBe('resource.unreadable');
  });

  it('is left aside for the hosts of NO_PROXY', async () => {
    const environment = { HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' };
    expect((await describeRepository(hub, { environment })).commit).toBe(FAKE_COMMIT);
    expect(proxy.seen).toEqual([]);
  });

  it('of the process is not used when another environment is given', async () => {
    const before = process.env['HTTP_PROXY'];
    process.env['HTTP_PROXY'] = proxy.url;
    try {
      expect((await describeRepository(hub, { environment: {} })).commit).toBe(FAKE_COMMIT);
    } finally {
      if (before === undefined) delete process.env['HTTP_PROXY'];
      else process.env['HTTP_PROXY'] = before;
    }
    expect(proxy.seen).toEqual([]);
  });

  it('that wants a password is named', async () => {
    proxy.status = 407;
    expect(await thrownBy(describeRepository(hub, { environment: { HTTP_PROXY: proxy.url } }))).toMatchObject({
      data: { reason: 'refused', status: 407 },
    });
  });

  it('that lets nothing through is named, for a tunnel too', async () => {
    proxy.status = 403;
    const error = await thrownBy(
      describeRepository(hub, {
        hub: 'https://hub.invalid',
        environment: { HTTPS_PROXY: proxy.url, HF_TOKEN: 'secret' },
      }),
    );
    expect(error).toMatchObject({ data: { reason: 'refused', status: 403, host: 'hub.invalid' } });
    expect(proxy.seen).toEqual(['CONNECT hub.invalid:443']);
  });

  it('that is no URL is named without showing it', async () => {
    const error = await thrownBy(describeRepository(hub, { environment: { HTTPS_PROXY: 'user:secret@proxy:3128' } }));
    expect(error).toMatchObject({ code: 'request.invalid_configuration' });
    expect(error.message).not.toContain('secret');
  });
});
