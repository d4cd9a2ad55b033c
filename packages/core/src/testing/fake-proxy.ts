import { request as ask, createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

/** A proxy on 127.0.0.1 that passes requests on and remembers them. */
export class FakeProxy implements AsyncDisposable {
  /** First lines of requests: `GET http://host/path` (absolute form) or `CONNECT host:port`. */
  readonly seen: string[] = [];
  /** Status that is answered instead of passing on. */
  status: number | undefined;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.seen.push(`${request.method} ${request.url}`);
      if (this.status !== undefined) return void response.writeHead(this.status).end();
      const onward = ask(request.url ?? '', { method: request.method, headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.writeHead(502).end());
      onward.end();
    });
    this.#server.on('connect', (request, socket, head) => {
      this.seen.push(`CONNECT ${request.url}`);
      if (this.status !== undefined) return void socket.end(`HTTP/1.1 ${this.status} No\r\n\r\n`);
      const [host, port] = (request.url ?? '').split(':');
      const onward = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        onward.write(head);
        onward.pipe(socket).pipe(onward);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
  }

  static async start(): Promise<FakeProxy> {
    const proxy = new FakeProxy();
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
