import { connect } from 'node:net';
import { JobChangeFeed } from '@docket/store';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DEFAULT_PROJECT_ID } from '../classification/scope.js';
import { completeJob, createJob, startJob } from '../testing/jobs.js';
import { TestServer } from '../testing/test-server.js';

/** An event as a browser would hand it to a page. */
interface ReceivedEvent {
  readonly name: string;
  readonly id: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it freely
  readonly data: any;
}

/** Reads events of a stream one after the other. */
class EventReader implements AsyncDisposable {
  private buffered = '';
  private readonly gone = new AbortController();
  private reader: ReadableStreamDefaultReader<Uint8Array> | undefined;

  async open(server: TestServer, { query = '', lastEventId = '' } = {}) {
    const response = await fetch(`${server.url}/api/local/events${query}`, {
      headers: lastEventId === '' ? {} : { 'last-event-id': lastEventId },
      signal: this.gone.signal,
    });
    this.reader = response.body?.getReader();
    return response;
  }

  /** Waits for the next event; undefined at the end. */
  async next(): Promise<ReceivedEvent | undefined> {
    while (!this.buffered.includes('\n\n')) {
      const { value, done } = (await this.reader?.read()) ?? { done: true };
      if (done) return undefined;
      this.buffered += Buffer.from(value ?? []).toString();
    }
    const end = this.buffered.indexOf('\n\n');
    const block = this.buffered.slice(0, end);
    this.buffered = this.buffered.slice(end + 2);
    const [, id = '', name = '', data = '{}'] = /^id: (.*)\nevent: (.*)\ndata: (.*)$/.exec(block) ?? [];
    return name === '' ? this.next() : { name, id, data: JSON.parse(data) };
  }

  /** Waits for an event, letting others go by. */
  async until(isWanted: (event: ReceivedEvent) => boolean): Promise<ReceivedEvent> {
    for (let event = await this.next(); event; event = await this.next()) if (isWanted(event)) return event;
    throw new Error('the stream ended');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.gone.abort();
  }
}

/** Tells changes as the store does. */
function changesOf({ store }: TestServer): JobChangeFeed {
  if (store.changes instanceof JobChangeFeed) return store.changes;
  throw new Error('the store does not tell its changes itself');
}

describe('GET /api/local/events', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const open = async (options = {}) => {
    const reader = new EventReader();
    const response = await reader.open(server, options);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    return reader;
  };

  it('tells what becomes of a job, and that it is deleted', async () => {
    await using reader = await open();
    expect(await reader.next()).toMatchObject({ name: 'ready' });
    const id = await createJob(server);
    const statusOf = (status: string) =>
      reader.until(({ name, data }) => name === 'job' && data.id === id && data.status === status);
    expect((await statusOf('PENDING')).data).toMatchObject({ type: null, confidence: null, file_name: 'invoice.txt' });
    await completeJob(server);
    expect((await statusOf('COMPLETED')).data).toMatchObject({ type: 'invoice', confidence: 0.97 });
    await server.call('DELETE', `/api/v2/classify/${id}`);
    await reader.until(({ name, data }) => name === 'job_deleted' && data.id === id);
  });

  it('goes on where a reader broke off, and says when it cannot', async () => {
    let last: ReceivedEvent | undefined;
    const id = await createJob(server);
    const isRunning = ({ data }: ReceivedEvent) => data.id === id && data.status === 'RUNNING';
    {
      await using reader = await open();
      last = await reader.next();
      await startJob(server);
      await reader.until(isRunning);
    }
    await using back = await open({ lastEventId: last?.id });
    await back.until(isRunning);
    await back.until(({ name }) => name === 'ready');
    for (const lastEventId of ['12', 'abcdefgh-1', `${last?.id}0000`, `${last?.id}x`]) {
      await using stranger = await open({ lastEventId });
      expect((await stranger.next())?.name).toBe('reset');
    }
  });

  it('tells nothing of the jobs of other projects', async () => {
    await using theirs = await open({ query: '?project_id=prj-other' });
    await theirs.next();
    await createJob(server);
    changesOf(server).tell({ kind: 'untold' });
    expect((await theirs.next())?.name).toBe('reset');
  });

  it('answers HEAD without opening a stream', async () => {
    const answer = await fetch(`${server.url}/api/local/events`, { method: 'HEAD' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  });

  it('lets no more than so many watch, and the next when one has gone', async () => {
    await using other = await TestServer.start({}, undefined, {}, { events: { mostStreams: 2 } });
    const readers = [new EventReader(), new EventReader()];
    for (const reader of readers) expect((await reader.open(other)).status).toBe(200);
    const refused = await other.call('GET', '/api/local/events');
    expect([refused.status, refused.headers.get('docket-error-code')]).toEqual([429, 'capacity.too_many_requests']);
    await readers[0]?.[Symbol.asyncDispose]();
    await vi.waitFor(async () => {
      await using next = new EventReader();
      expect((await next.open(other)).status).toBe(200);
    });
    await readers[1]?.[Symbol.asyncDispose]();
  });

  it('drops a reader that does not keep up', async () => {
    await using other = await TestServer.start({}, undefined, {}, { events: { mostWaitingBytes: 10_000 } });
    const socket = connect(Number(new URL(other.url).port), '127.0.0.1');
    socket.write('GET /api/local/events HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    const { events } = other.services;
    expect(events.watching).toBe(1);
    // What the system buffers on the way is out of reach; it ends somewhere.
    await vi.waitFor(
      () => {
        for (let count = 0; count < 100; count++) {
          const jobId = `${count}`.padEnd(10_000, 'x');
          changesOf(other).tell({ kind: 'deleted', jobId, projectId: DEFAULT_PROJECT_ID });
        }
        expect(events.watching).toBe(0);
      },
      { timeout: 30_000 },
    );
    socket.destroy();
  });

  it('lets go of readers whose connection ended before their turn came', async () => {
    const { events } = server.services;
    await vi.waitFor(() => expect(events.watching).toBe(0));
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    const request = 'GET /api/local/events HTTP/1.1\r\nhost: localhost\r\n\r\n';
    socket.write(request.repeat(12));
    await vi.waitFor(() => expect(events.watching).toBe(12));
    socket.destroy();
    await vi.waitFor(() => expect(events.watching).toBe(0));
  });

  it('asks a reader that missed too much to begin anew, rather than dropping it', async () => {
    await using other = await TestServer.start({}, undefined, {}, { events: { mostWaitingBytes: 2_000 } });
    await using first = new EventReader();
    await first.open(other);
    const { id = '' } = (await first.next()) ?? {};
    for (let count = 0; count < 20; count++) {
      changesOf(other).tell({ kind: 'deleted', jobId: `${count}`.padEnd(60, 'x'), projectId: DEFAULT_PROJECT_ID });
    }
    await first.until(({ data }) => data.id?.startsWith('19'));
    await using back = new EventReader();
    await back.open(other, { lastEventId: id });
    expect([(await back.next())?.name, (await back.next())?.name]).toEqual(['reset', 'ready']);
  });

  it('ends all streams when the server stops', async () => {
    const other = await TestServer.start();
    await using reader = new EventReader();
    await reader.open(other);
    expect((await reader.next())?.name).toBe('ready');
    other.services.events.close();
    expect(await reader.next()).toBeUndefined();
    await other[Symbol.asyncDispose]();
  });

  it('wakes readers now and then', async () => {
    await using other = await TestServer.start({}, undefined, {}, { events: { heartbeatMs: 5 } });
    const response = await fetch(`${other.url}/api/local/events`);
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (text.includes(': heartbeat\n\n')) break;
    }
    expect(text).toContain(': heartbeat\n\n');
  });
});
